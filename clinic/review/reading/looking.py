"""What a reviewer sees of a page beside the page itself."""

from functools import cached_property

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import TaskState, WorkflowState

from clinic.core.live_rules import reasons_against
from clinic.review.models import Review
from clinic.review.reviewers import reviewing_account_of

from .changes import SET_BY_REVIEW, changes_between
from .forms import APPROVE, ASK
from .versions import mark_of, version_of

NOT_TIED = (
    "Your account belongs to no person who checks what this site says, so you can read and ask, not approve. "
    "Ask a site administrator to tie it to your page below Team."
)
WAITS_NO_MORE = "This page waits for no review."
OUTCOMES = {
    WorkflowState.STATUS_APPROVED: "This page waits no more: it was approved",
    WorkflowState.STATUS_NEEDS_CHANGES: "This page waits no more: it went back with a question",
    WorkflowState.STATUS_CANCELLED: "This page waits no more: its review was ended",
}


class Reading:
    """The newest version of a page that waits, and all there is to know of it."""

    def __init__(self, page, state, request):
        self.page, self.state, self.request = page, state, request
        self.revision = page.get_latest_revision()
        self.draft = self.revision.as_object()

    @property
    def mark(self):
        """What tells this version from others."""
        return mark_of(self.revision)

    @property
    def is_clinical(self):
        """Whether approving it is a medical review, with a day on which to read it again."""
        return getattr(self.draft, "is_clinical", False)

    @cached_property
    def reasons(self):
        """What speaks against showing it, other than that nobody reviewed it yet."""
        found = [reason for reason in reasons_against(self.draft) if reason.field not in SET_BY_REVIEW]
        return [reason.sentence for reason in found]

    @property
    def asked(self):
        """What the form has to ask for."""
        return {"is_clinical": self.is_clinical, "is_held_up": bool(self.reasons)}

    @cached_property
    def cannot_approve(self):
        """Why this person can't approve a medical page, or nothing."""
        return NOT_TIED if self.is_clinical and not reviewing_account_of(self.request.user) else ""

    @cached_property
    def earlier(self):
        """The version that was reviewed last, or else the page that is online, and what to call it."""
        reviews = (
            Review.objects.filter(page=self.page).exclude(revision=None).select_related("person", "revision")
        )
        if last := reviews.order_by("made_at", "pk").last():
            by = f" by {last.person.title}" if last.person else ""
            return last.revision.as_object(), f"the review of {date_format(last.reviewed_on)}{by}"
        if self.page.live:
            return self.page.specific, "what is online now; nobody reviewed that version here"
        return None, ""

    @cached_property
    def changes(self):
        """What changed since then."""
        older, _name = self.earlier
        return changes_between(older, self.draft, self.request) if older else []

    @cached_property
    def since_question(self):
        """What changed since the page was sent back in this review; None where it wasn't."""
        back = TaskState.objects.filter(
            workflow_state=self.state.workflow_state, status=TaskState.STATUS_REJECTED
        )
        asked = back.exclude(revision=None).select_related("revision").order_by("finished_at", "pk").last()
        return changes_between(asked.revision.as_object(), self.draft, self.request) if asked else None

    def changes_since(self, mark):
        """Return what changed since the version with this mark; None where that was written over."""
        seen = version_of(self.page, mark)
        return changes_between(seen.as_object(), self.draft, self.request) if seen else None

    @cached_property
    def talk(self):
        """What was asked and remarked in this review before, the oldest first."""
        said = TaskState.objects.filter(workflow_state=self.state.workflow_state).exclude(comment="")
        return said.select_related("finished_by").order_by("finished_at", "pk")

    @cached_property
    def comments(self):
        """What stands beside the text in the editor and isn't done yet."""
        return self.page.wagtail_admin_comments.filter(resolved_at=None).select_related("user")


def what_happened(page) -> str:
    """Say what became of a page that waits for nobody here."""
    last = WorkflowState.objects.for_instance(page.specific).order_by("-created_at", "-pk").first()
    if last is None or last.status not in OUTCOMES:
        return WAITS_NO_MORE
    done = last.current_task_state
    who = f" by {done.finished_by.get_username()}" if done and done.finished_by else ""
    when = f" on {date_format(timezone.localtime(done.finished_at), 'DATETIME_FORMAT')}" if who else ""
    return f"{OUTCOMES[last.status]}{who}{when}."


def how_it_went(page, decision) -> str:
    """Say what was done."""
    if decision != APPROVE:
        return "Sent back with your question." if decision == ASK else "Declined. The page stays a draft."
    page.refresh_from_db()
    latest = page.get_latest_revision()
    if latest.approved_go_live_at:
        moment = date_format(timezone.localtime(latest.approved_go_live_at), "DATETIME_FORMAT")
        return f"Approved. The page goes online on {moment}."
    if page.live and not page.has_unpublished_changes:
        return "Approved. The page is online."
    return "Approved. Another step of the workflow follows."
