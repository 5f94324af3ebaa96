"""What somebody decides of a page that waits: approve, ask back, decline. Each is done whole or not."""

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page, TaskState

from clinic.review import mailing
from clinic.review.digests import digest_of
from clinic.review.models import ReviewMail
from clinic.review.recording import record_findings_reason, record_review

from .versions import mark_of
from .waiting import state_of

DECIDED = (
    "This page waits no more: somebody decided it or took it back while you read. Nothing of yours was done."
)
CHANGED = (
    "The page was saved again after you opened it, so nothing was approved. Read what changed, and approve "
    "this version."
)


class Refused(Exception):
    """Nothing was done; ``reasons`` says why, in sentences for whoever wanted it."""

    def __init__(self, *reasons):
        super().__init__()
        self.reasons = reasons


class Changed(Refused):
    """The page is another one than was read."""


@transaction.atomic
def approve(page, user, *, mark, next_review_on=None, comment="", override_reason=""):
    """Record the review of the version with this mark and let the page go on, mostly online.

    Raises Refused, Changed among it, with nothing done.
    """
    state = _take(page, user)
    # As it is now that nobody else saves it; it may have been saved since it was read.
    page = Page.objects.get(pk=page.pk)
    revision = page.get_latest_revision()
    if mark_of(revision) != mark:
        raise Changed(CHANGED)
    text = revision.as_object()
    try:
        if getattr(text, "is_clinical", False):
            record_review(
                page,
                revision,
                account=user,
                next_review_on=next_review_on,
                override_reason=override_reason,
                # Saving by itself may write over this version until the review has taken hold of it.
                digest_read=digest_of(text),
            )
        elif override_reason:
            record_findings_reason(text, account=user, reason=override_reason)
        state.approve(user=user, comment=comment)
    except ValidationError as problem:
        raise Refused(*problem.messages) from None


@transaction.atomic
def ask_back(page, user, *, comment):
    """Send the page back with a question; whoever submitted it answers by submitting it again."""
    _take(page, user).reject(user=user, comment=comment)


@transaction.atomic
def decline(page, user, *, comment):
    """End the review: the page stays a draft, and whoever submitted it reads why."""
    state = _take(page, user)
    state.reject(user=user, update=False, comment=comment)
    workflow_state = state.workflow_state
    workflow_state.cancel(user=user)
    mailing.queue_for_author(ReviewMail.Kind.DECLINED, workflow_state, user)


def _take(page, user):
    """Return the state in which the page waits, for this transaction alone."""
    Page.objects.select_for_update().filter(pk=page.pk).first()
    waiting = state_of(page, user)
    taken = waiting and TaskState.objects.select_for_update().filter(pk=waiting.pk, status=waiting.status)
    state = taken and taken.first()
    if not state:
        raise Refused(DECIDED)
    return state
