"""The tables of the medical review."""

from .reviews import LONGEST_REASON, OwnPageReason, Review, ReviewingAccount, Sample
from .watched import WatchedPage

__all__ = ["LONGEST_REASON", "OwnPageReason", "Review", "ReviewingAccount", "Sample", "WatchedPage"]
