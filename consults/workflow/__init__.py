"""The life of a request. These functions are its only writers, and the only ones to open one."""

from .accepting.accept import Accepted, accept, enter, queue_notices
from .accepting.adopting import NotTheNumber, adopt
from .accepting.canary import note_canary_passed, remove_canary
from .accepting.copies import ask_for_copy
from .accepting.replay import replay_spool
from .accepting.submission import Columns, Consent, Submission
from .appointments import (
    LATEST_APPOINTMENT,
    cancel_appointment,
    change_appointment,
    latest_appointment,
    make_appointment,
    note_came,
    note_no_show,
    put_on_record,
    standing_appointments,
)
from .days.appointments_of_before import follow_release_before
from .days.closures import Closed, count_for_closures, is_overtaken, move_for_closures
from .days.hand_overs import (
    LONGEST_HAND_OVER,
    MOST_WAITING,
    HandedOver,
    OpenedHandOver,
    forget_hand_overs,
    hand_over,
    read_hand_overs,
    take_over,
)
from .days.outage import SheetRow, open_for_outage
from .desk_start import desk_starts_with_names, start_desk_with_names
from .do_not_contact import Stop, is_registered, lift_stop, stop_caller, stop_contact, stopped, stops_of
from .errors import (
    AskedToStop,
    CannotLink,
    CouldNotKeep,
    HasAppointment,
    InvalidTransition,
    LastManager,
    NoAddress,
    NoLongerWanted,
    NotAllowed,
    NotLinked,
    NotSettled,
    NotYet,
    OtherAppointment,
    Purged,
    PutOffTooLong,
    ReferenceTaken,
    SamePerson,
    SecondPersonNeeded,
    StaleProfile,
    StaleRequest,
    StillToSay,
    ThereIsOne,
    UnfitText,
    UnreadRequest,
)
from .one_person import erase_others, hold_others, stop_others
from .people.absences import (
    LONGEST_ABSENCE,
    Absence,
    Absences,
    absence_as_kept,
    absences,
    keep_absence,
    today,
    why_no_stand_in,
)
from .people.carrying_out import agree, carry_out_due
from .people.decisions import number_waiting, take_back, when_in_words
from .people.grants import give_role, make_manager, take_role
from .people.invitations import Useless, invite, invite_account
from .people.invitations import accept as accept_invitation
from .people.invitations import check as check_invitation
from .people.invitations import find as find_invitation
from .people.invitations import revoke as revoke_invitation
from .people.invitations import token_of as invitation_token
from .people.leaving import held_by, let_in_again, switch_off
from .people.lost_factors import give_back_factor
from .people.profiles import keep_profile, profile_as_kept
from .people.settled import is_settled, lacks_second_manager
from .reading.emergency import break_glass, has_emergency_access, may_open
from .reading.exporting import ExportedContact, open_for_export
from .reading.held import Held, what_we_hold
from .reading.opening import (
    OpenedNote,
    OpenedReply,
    address_for_copy,
    note_print,
    note_shown,
    open_consult,
    open_together,
)
from .reading.same_person import OtherRequest, look_for_caller, same_person
from .reading.searching import LONGEST_TEXT, Found, Hit, search, show_names
from .reading.threads import LinkedRequest, open_thread
from .recording import IN_WAGTAIL_LOG, wagtail_log_name
from .reindexing import Reindexed, reindex
from .replies import refuse_reply, reply_to_send, send_reply
from .retention.counting_removed import count_removed
from .retention.policy import due_contents, forget_networks
from .retention.purging import TooMany, erase, erasure_asked_by, purge_due, set_hold, with_what_lapsed
from .template_names import seal_template_names
from .transitions.change import Done, Undone
from .transitions.clinician import hand_to_clinician, report_missed
from .transitions.desk import (
    LONGEST_SNOOZE,
    assign,
    change_status,
    claim,
    set_priority,
    snooze,
)
from .transitions.links import link, straighten_threads, unlink
from .transitions.notes import add_note, with_note
from .transitions.others import (
    MOST_TOGETHER,
    Stood,
    Together,
    end_others,
    hold,
    hold_thread,
    others_of,
    reopen_others,
    separate_others,
)
from .transitions.outcomes import LATEST_CALL_BACK, possible_outcomes, record_outcome
from .transitions.planned import planned_of
from .transitions.releasing import release_from_leavers
from .transitions.second_person import latest_next_action, needs_second_person
from .transitions.undo import UNDO_SECONDS, as_it_stands, may_undo, undo

__all__ = [
    "CannotLink",
    "HasAppointment",
    "Held",
    "LinkedRequest",
    "MOST_TOGETHER",
    "NotLinked",
    "Stood",
    "Together",
    "end_others",
    "erase_others",
    "hold_others",
    "hold",
    "hold_thread",
    "number_waiting",
    "open_thread",
    "others_of",
    "reopen_others",
    "separate_others",
    "stop_others",
    "straighten_threads",
    "what_we_hold",
    "with_what_lapsed",
    "LATEST_APPOINTMENT",
    "Closed",
    "count_for_closures",
    "is_overtaken",
    "move_for_closures",
    "LONGEST_HAND_OVER",
    "MOST_WAITING",
    "HandedOver",
    "OpenedHandOver",
    "follow_release_before",
    "forget_hand_overs",
    "read_hand_overs",
    "take_over",
    "SheetRow",
    "open_for_outage",
    "desk_starts_with_names",
    "start_desk_with_names",
    "LONGEST_ABSENCE",
    "Absence",
    "Absences",
    "absence_as_kept",
    "absences",
    "keep_absence",
    "today",
    "why_no_stand_in",
    "LATEST_CALL_BACK",
    "LONGEST_SNOOZE",
    "LONGEST_TEXT",
    "LastManager",
    "NotSettled",
    "SamePerson",
    "ThereIsOne",
    "UNDO_SECONDS",
    "Useless",
    "accept_invitation",
    "agree",
    "carry_out_due",
    "check_invitation",
    "find_invitation",
    "give_role",
    "held_by",
    "invitation_token",
    "invite",
    "invite_account",
    "is_settled",
    "keep_profile",
    "profile_as_kept",
    "lacks_second_manager",
    "let_in_again",
    "make_manager",
    "revoke_invitation",
    "give_back_factor",
    "switch_off",
    "take_back",
    "take_role",
    "when_in_words",
    "IN_WAGTAIL_LOG",
    "Accepted",
    "AskedToStop",
    "Columns",
    "Consent",
    "CouldNotKeep",
    "Done",
    "ExportedContact",
    "Found",
    "Hit",
    "InvalidTransition",
    "NoAddress",
    "NoLongerWanted",
    "NotAllowed",
    "NotTheNumber",
    "NotYet",
    "StillToSay",
    "OpenedNote",
    "OpenedReply",
    "OtherAppointment",
    "OtherRequest",
    "Purged",
    "PutOffTooLong",
    "ReferenceTaken",
    "Reindexed",
    "SecondPersonNeeded",
    "StaleProfile",
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
    "adopt",
    "as_it_stands",
    "ask_for_copy",
    "assign",
    "break_glass",
    "cancel_appointment",
    "change_appointment",
    "change_status",
    "claim",
    "count_removed",
    "due_contents",
    "enter",
    "erase",
    "erasure_asked_by",
    "forget_networks",
    "hand_over",
    "hand_to_clinician",
    "latest_appointment",
    "has_emergency_access",
    "wagtail_log_name",
    "is_registered",
    "latest_next_action",
    "lift_stop",
    "look_for_caller",
    "link",
    "make_appointment",
    "may_open",
    "may_undo",
    "needs_second_person",
    "note_canary_passed",
    "note_came",
    "note_no_show",
    "note_print",
    "note_shown",
    "open_for_export",
    "open_consult",
    "open_together",
    "possible_outcomes",
    "planned_of",
    "purge_due",
    "put_on_record",
    "queue_notices",
    "record_outcome",
    "refuse_reply",
    "reindex",
    "release_from_leavers",
    "remove_canary",
    "replay_spool",
    "report_missed",
    "reply_to_send",
    "same_person",
    "seal_template_names",
    "search",
    "send_reply",
    "set_hold",
    "set_priority",
    "show_names",
    "snooze",
    "standing_appointments",
    "stop_caller",
    "stop_contact",
    "stopped",
    "stops_of",
    "undo",
    "unlink",
    "with_note",
]
