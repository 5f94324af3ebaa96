"""What a clinical page must have before it shows: the rule of medical review."""

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from clinic.core.live_rules import Reason, live_rule
from clinic.core.overridden_findings import keeps_overrides

from .digests import digest_of, digest_of_words
from .models import FindingsReason, Review, Sample
from .reviewers import can_anybody_review, is_own_page, is_reviewers, may_check_own_page

NO_AUTHOR = Reason("Choose who wrote it, under “Author”.", "author")
NO_STATEMENT = Reason("Choose a statement on approval.", "statement")
NO_REFERENCE = Reason("Name at least one source, under “References”.", "references")
NOT_REVIEWED = Reason("No clinician has reviewed it yet. Submit it for medical review.", "reviewer")
NOBODY_REVIEWS = Reason(
    "No clinician has reviewed it yet, and nobody can: a site administrator says who reviews pages, under"
    " “Settings → Accounts of reviewers”.",
    "reviewer",
)
FORGED = Reason(
    "What it says about its review was not written by a review. Submit it for medical review.", "reviewer"
)
ALONE = Reason(
    "Its reviewer wrote it, too. Another clinician reviews it; where there is none, a manager writes down why"
    " one is enough.",
    "reviewer",
)


@live_rule
def medical_review(page):
    """Yield what a clinical page lacks. Who wrote a page without an author is whose account saved it."""
    if not getattr(page, "is_clinical", False) or is_sample(page):
        return
    if hasattr(page, "author_id") and page.author_id is None:
        yield NO_AUTHOR
    yield from _against_statement(page.statement)
    if not page.numbered_references:
        yield NO_REFERENCE
    yield from _against_review(page)


def is_sample(page) -> bool:
    """Whether the site is a demonstration, and its builder wrote this very text of the page."""
    if not settings.DEMO_MODE:
        return False
    sample = Sample.objects.filter(page=_original(page)).first()
    return sample is not None and sample.digest == digest_of(page)


@keeps_overrides
def has_reason(page) -> bool:
    """Whether somebody who may said of this very text why what the checks found doesn't matter."""
    return FindingsReason.objects.filter(page=_original(page), digest=digest_of_words(page)).exists()


def _original(page):
    return page.alias_of_id or page.pk


def _reviews(page):
    return Review.objects.filter(page=_original(page)).order_by("-made_at", "-pk")


def _against_statement(statement):
    if statement is None or not statement.live:
        yield NO_STATEMENT
    elif statement.is_expired:
        yield Reason(
            f"The statement on approval “{statement}” has had to be checked again since"
            f" {_day(statement.expires_on)}. Check it under Shared content, or choose another one.",
            "statement",
        )


def _against_review(page):
    reviews = [one for one in _reviews(page) if one.digest == digest_of(page)]
    review = next((one for one in reviews if _is_told_by(page, one)), None)
    if review:
        yield from _against_reviewer(page, review)
    elif reviews:
        yield FORGED
    elif earlier := _reviews(page).first():
        yield Reason(
            f"Its medical text changed since it was reviewed on {_day(earlier.reviewed_on)}. Submit it for"
            " medical review again.",
            "reviewer",
        )
    else:
        yield NOT_REVIEWED if can_anybody_review() else NOBODY_REVIEWS


def _is_told_by(page, review):
    """Whether what readers are told of the review is what happened."""
    told = (page.reviewer_id, page.reviewed_on, page.next_review_on, page.reviewed_alone)
    return told == (review.person_id, review.reviewed_on, review.next_review_on, review.is_own)


def _against_reviewer(page, review):
    account, person = review.account, review.person
    if not is_reviewers(account, person):
        yield Reason(
            "Who reviewed it doesn’t check what this site says any more, or has no account of their own."
            " Submit it for medical review again.",
            "reviewer",
        )
        return
    is_own = review.is_own or is_own_page(page, account=account, person=person)
    if is_own and not may_check_own_page(_original(page), account):
        yield ALONE
    if review.next_review_on <= timezone.localdate():
        yield Reason(
            f"Its review was due on {_day(review.next_review_on)}. Submit it for medical review again.",
            "next_review_on",
        )


def _day(day):
    return date_format(day, "DATE_FORMAT")
