"""The life of a request. These functions are its only writers, and the only ones to open one."""

from .accepting import Accepted, accept, queue_notices
from .canary import note_canary_passed, remove_canary
from .emergency import break_glass, has_emergency_access, may_open
from .entering import enter
from .errors import (
    CouldNotKeep,
    InvalidTransition,
    NotAllowed,
    ReferenceTaken,
    StaleRequest,
    UnreadRequest,
)
from .exporting import ExportedContact, open_for_export
from .finding import same_person, search
from .forgetting import forget_networks
from .moves import (
    LONGEST_SNOOZE,
    add_note,
    assign,
    change_status,
    claim,
    link,
    set_priority,
    snooze,
    unlink,
)
from .outcomes import LATEST_CALL_BACK, may_leave_voicemail, record_outcome
from .reading import OpenedNote, address_for_copy, note_print, open_request
from .replay import replay_spool
from .stopping import stopped
from .submission import Columns, Consent, Submission

__all__ = [
    "LATEST_CALL_BACK",
    "LONGEST_SNOOZE",
    "Accepted",
    "Columns",
    "Consent",
    "CouldNotKeep",
    "ExportedContact",
    "InvalidTransition",
    "NotAllowed",
    "OpenedNote",
    "ReferenceTaken",
    "StaleRequest",
    "Submission",
    "UnreadRequest",
    "accept",
    "add_note",
    "address_for_copy",
    "assign",
    "break_glass",
    "change_status",
    "claim",
    "enter",
    "forget_networks",
    "has_emergency_access",
    "link",
    "may_leave_voicemail",
    "may_open",
    "note_canary_passed",
    "note_print",
    "open_for_export",
    "open_request",
    "queue_notices",
    "record_outcome",
    "remove_canary",
    "replay_spool",
    "same_person",
    "search",
    "set_priority",
    "snooze",
    "stopped",
    "unlink",
]
