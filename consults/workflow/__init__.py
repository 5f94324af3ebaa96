"""The life of a request. These functions are its only writers, and the only ones to open one."""

from .accepting import Accepted, accept, queue_notices
from .canary import note_canary_passed, remove_canary
from .changing import Done, Undone
from .clinician import hand_over, report_missed
from .counting_removed import count_removed
from .emergency import break_glass, has_emergency_access, may_open
from .entering import enter
from .errors import (
    AskedToStop,
    CouldNotKeep,
    InvalidTransition,
    NoAddress,
    NoLongerWanted,
    NotAllowed,
    Purged,
    PutOffTooLong,
    ReferenceTaken,
    SecondPersonNeeded,
    StaleRequest,
    UnfitText,
    UnreadRequest,
)
from .exporting import ExportedContact, open_for_export
from .finding import same_person, search
from .forgetting import forget_networks
from .mirror import MIRRORED, history_name
from .moves import (
    LONGEST_SNOOZE,
    assign,
    change_status,
    claim,
    link,
    set_priority,
    snooze,
    unlink,
)
from .noting import add_note, with_note
from .outcomes import LATEST_CALL_BACK, may_leave_voicemail, record_outcome
from .purging import TooMany, erase, erasure_asked_by, purge_due, set_hold
from .reading import OpenedNote, OpenedReply, address_for_copy, note_print, open_request
from .releasing import release_from_leavers
from .replay import replay_spool
from .replying import refuse_reply, reply_to_send, send_reply
from .retention import due_contents
from .second_person import latest_next_action, needs_second_person, waits_for_second_person
from .stopping import Stop, is_registered, lift_stop, stop_caller, stop_contact, stopped, stops_of
from .submission import Columns, Consent, Submission
from .suspected import note_shown

__all__ = [
    "LATEST_CALL_BACK",
    "LONGEST_SNOOZE",
    "MIRRORED",
    "Accepted",
    "AskedToStop",
    "Columns",
    "Consent",
    "CouldNotKeep",
    "Done",
    "ExportedContact",
    "InvalidTransition",
    "NoAddress",
    "NoLongerWanted",
    "NotAllowed",
    "OpenedNote",
    "OpenedReply",
    "Purged",
    "PutOffTooLong",
    "ReferenceTaken",
    "SecondPersonNeeded",
    "StaleRequest",
    "Stop",
    "Submission",
    "TooMany",
    "Undone",
    "UnfitText",
    "UnreadRequest",
    "accept",
    "add_note",
    "address_for_copy",
    "assign",
    "break_glass",
    "change_status",
    "claim",
    "count_removed",
    "due_contents",
    "enter",
    "erase",
    "erasure_asked_by",
    "forget_networks",
    "hand_over",
    "has_emergency_access",
    "history_name",
    "is_registered",
    "latest_next_action",
    "lift_stop",
    "link",
    "may_leave_voicemail",
    "may_open",
    "needs_second_person",
    "note_canary_passed",
    "note_print",
    "note_shown",
    "open_for_export",
    "open_request",
    "purge_due",
    "queue_notices",
    "record_outcome",
    "refuse_reply",
    "release_from_leavers",
    "remove_canary",
    "replay_spool",
    "report_missed",
    "reply_to_send",
    "same_person",
    "search",
    "send_reply",
    "set_hold",
    "set_priority",
    "snooze",
    "stop_caller",
    "stop_contact",
    "stopped",
    "stops_of",
    "unlink",
    "waits_for_second_person",
    "with_note",
]
