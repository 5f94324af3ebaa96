"""The words that requests are described with, and which of them belong together."""

from .answers import Age, CallWindow, ContactWay, ForWhom, HeardFrom, Locale, Topic
from .consents import ConsentPurpose
from .sources import Campaign, Channel, SourceSection
from .spam import QUARANTINE_SCORE, WEIGHTS, SpamSignal, score_of
from .status import (
    CLOSED_STATUSES,
    OPEN_STATUSES,
    TRANSITIONS,
    UNCLAIMED_STATUSES,
    ClosedReason,
    Status,
    TimelineAction,
)

__all__ = [
    "CLOSED_STATUSES",
    "OPEN_STATUSES",
    "QUARANTINE_SCORE",
    "TRANSITIONS",
    "UNCLAIMED_STATUSES",
    "WEIGHTS",
    "Age",
    "CallWindow",
    "Campaign",
    "Channel",
    "ClosedReason",
    "ConsentPurpose",
    "ContactWay",
    "ForWhom",
    "HeardFrom",
    "Locale",
    "SourceSection",
    "SpamSignal",
    "Status",
    "TimelineAction",
    "Topic",
    "score_of",
]
