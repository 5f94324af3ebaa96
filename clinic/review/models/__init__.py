"""The tables of the medical review."""

from .mails import ReviewMail
from .reviews import LONGEST_REASON, FindingsReason, OwnPageReason, Review, ReviewingAccount, Sample
from .tasks import MedicalReviewTask
from .watched import WatchedPage

__all__ = [
    "LONGEST_REASON",
    "FindingsReason",
    "MedicalReviewTask",
    "OwnPageReason",
    "Review",
    "ReviewMail",
    "ReviewingAccount",
    "Sample",
    "WatchedPage",
]
