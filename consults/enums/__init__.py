"""The words that requests are described with, and which of them belong together."""

from .answers import Age, CallWindow, ContactWay, ForWhom, HeardFrom, Locale, Topic
from .appointments import OFF_STATES, REPLACED_STATES, AppointmentState, Manner
from .consents import ConsentPurpose
from .copies import CopyState
from .desk import (
    REACHED_OUTCOMES,
    SHOWING_ACTIONS,
    UNREACHED_OUTCOMES,
    AuditAction,
    Outcome,
    Priority,
    Purpose,
)
from .finding import FoundBy, LeftOut, SearchProblem
from .people import GUARDED_ROLES, DecisionKind, DeskRole
from .replies import ReplyChannel
from .sources import Campaign, Channel, SourceSection
from .spam import QUARANTINE_SCORE, WEIGHTS, SpamSignal, score_of
from .status import (
    CLOSED_STATUSES,
    HOLDING_ACTIONS,
    OPEN_STATUSES,
    SPOKEN_REASONS,
    TRANSITIONS,
    UNCHANGING_ACTIONS,
    UNCLAIMED_STATUSES,
    ClosedReason,
    Status,
    TimelineAction,
)

__all__ = [
    "CLOSED_STATUSES",
    "GUARDED_ROLES",
    "HOLDING_ACTIONS",
    "OPEN_STATUSES",
    "QUARANTINE_SCORE",
    "REACHED_OUTCOMES",
    "OFF_STATES",
    "REPLACED_STATES",
    "SHOWING_ACTIONS",
    "SPOKEN_REASONS",
    "TRANSITIONS",
    "UNCHANGING_ACTIONS",
    "UNCLAIMED_STATUSES",
    "UNREACHED_OUTCOMES",
    "WEIGHTS",
    "Age",
    "AppointmentState",
    "AuditAction",
    "CallWindow",
    "Campaign",
    "Channel",
    "ClosedReason",
    "ConsentPurpose",
    "ContactWay",
    "CopyState",
    "DecisionKind",
    "DeskRole",
    "ForWhom",
    "FoundBy",
    "HeardFrom",
    "LeftOut",
    "Locale",
    "Manner",
    "Outcome",
    "Priority",
    "Purpose",
    "ReplyChannel",
    "SearchProblem",
    "SourceSection",
    "SpamSignal",
    "Status",
    "TimelineAction",
    "Topic",
    "score_of",
]
