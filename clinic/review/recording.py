"""The one place that writes reviews."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from .digests import digest_of, digest_of_words
from .models import LONGEST_REASON, FindingsReason, Review
from .reviewers import is_own_page, may_check_own_page, reviewing_account_of

REVIEWED = "clinic.review"
# Versions that are read to see who wrote a text: more of the same text in a row nobody saves.
MOST_VERSIONS = 50
NOT_TIED = (
    "Your account belongs to no person who checks what this site says. Ask a site administrator to tie it to"
    " your page below Team, and look there whether “checks what this site says” is ticked."
)
# Nobody promises for longer.
LONGEST_PAUSE = timedelta(days=2 * 366)


class CannotReview(ValidationError):
    """Why this review was not recorded: one sentence for whoever tried."""


@transaction.atomic
def record_review(page, revision, *, account, next_review_on, override_reason="", digest_read=""):
    """Record that somebody checked this version, and let page and version say so. Raises CannotReview.

    ``digest_read`` is the digest of the text as it was shown to the reviewer: autosaving changes a version
    in its place.
    """
    page = Page.objects.select_for_update().get(pk=page.pk)
    given, same = revision, {"pk": revision.pk, "object_id": str(page.pk)}
    revision = Revision.objects.select_for_update().filter(**same).first()
    text = _text_under_review(page, revision, digest_read)
    tie = reviewing_account_of(account)
    if tie is None:
        raise CannotReview(NOT_TIED)
    is_own = _is_own(text, account, tie.person)
    reason = override_reason.strip()
    _refuse_bad_day(next_review_on)
    if reason:
        record_findings_reason(text, account=account, reason=reason)
    review = Review.objects.create(
        page=page,
        revision=revision,
        account=account,
        person=tie.person,
        digest=digest_of(text),
        reviewed_on=timezone.localdate(),
        next_review_on=next_review_on,
        is_own=is_own,
    )
    _say_so(review, revision, text)
    # The page remembers its newest version.
    given.content = revision.content
    log(
        instance=text,
        action=REVIEWED,
        user=account,
        revision=revision,
        data={"next_review_on": next_review_on.isoformat()},
    )
    return review


def record_findings_reason(text, *, account, reason):
    """Record why findings don't hold in this version of a page. Raises CannotReview."""
    if reviewing_account_of(account) is None:
        raise CannotReview(NOT_TIED)
    if len(reason) > LONGEST_REASON:
        raise CannotReview(f"Say the reason in at most {LONGEST_REASON} characters.")
    digest = digest_of_words(text)
    FindingsReason.objects.create(page_id=text.pk, digest=digest, reason=reason, account=account)


def _text_under_review(page, revision, digest_read):
    if revision is None or page.latest_revision_id != revision.pk:
        raise CannotReview(
            "This page changed since you opened it. Read the newest version, then review that."
        )
    text = revision.as_object()
    if not hasattr(text, "not_medical"):
        raise CannotReview("This kind of page needs no medical review.")
    if digest_read and digest_read != digest_of(text):
        raise CannotReview("This page changed while you read it. Read the newest version, then review that.")
    return text


def _is_own(text, account, person):
    written_by = _who_wrote(text)
    if written_by is None and not hasattr(text, "author_id"):
        raise CannotReview(
            "Nobody is known to have written this version. Whoever wrote it opens and saves it once."
        )
    is_own = is_own_page(text, account=account, person=person, written_by=written_by)
    if is_own and not may_check_own_page(text, account):
        raise CannotReview(
            "You wrote this version yourself, so another clinician reviews it. Where there is none, a manager"
            " writes down why you may."
        )
    return is_own


def _who_wrote(text):
    """Return whose account first saved this very text; who comments on it saves it again."""
    written_by, digest = None, digest_of(text)
    for version in text.revisions.order_by("-created_at", "-pk")[:MOST_VERSIONS]:
        if digest_of(version.as_object()) != digest:
            break
        written_by = version.user_id
    return written_by


def _refuse_bad_day(next_review_on):
    today = timezone.localdate()
    if not today < next_review_on <= today + LONGEST_PAUSE:
        raise CannotReview("Choose a day for the next review: after today, and within two years.")


def _say_so(review, revision, text):
    """Write what readers see into the version, and into the page itself where it says the same words."""
    seen = {
        "reviewer_id": review.person_id,
        "reviewed_on": review.reviewed_on,
        "next_review_on": review.next_review_on,
        "reviewed_alone": review.is_own,
    }
    in_version = {
        "reviewer": review.person_id,
        "reviewed_on": review.reviewed_on.isoformat(),
        "next_review_on": review.next_review_on.isoformat(),
        "reviewed_alone": review.is_own,
    }
    revision.content = {**revision.content, **in_version}
    Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    model = type(text)
    shown = model.objects.get(pk=text.pk)
    if not shown.live or digest_of(shown) == review.digest:
        model.objects.filter(Q(pk=text.pk) | Q(alias_of=text.pk)).update(**seen)
