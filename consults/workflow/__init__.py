"""The life of a request. These functions are its only writers, and the only ones to open one."""

from .accepting import Accepted, accept, queue_notices
from .canary import note_canary_passed, remove_canary
from .entering import enter
from .errors import CouldNotKeep, InvalidTransition, NotAllowed, ReferenceTaken, StaleRequest
from .forgetting import forget_networks
from .moves import add_note, change_status, claim
from .reading import OpenedNote, address_for_copy, read
from .replay import replay_spool
from .submission import Columns, Consent, Submission

__all__ = [
    "Accepted",
    "Columns",
    "Consent",
    "CouldNotKeep",
    "InvalidTransition",
    "NotAllowed",
    "OpenedNote",
    "ReferenceTaken",
    "StaleRequest",
    "Submission",
    "accept",
    "add_note",
    "address_for_copy",
    "change_status",
    "claim",
    "enter",
    "forget_networks",
    "note_canary_passed",
    "queue_notices",
    "read",
    "remove_canary",
    "replay_spool",
]
