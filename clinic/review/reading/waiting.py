"""Which pages wait for whom."""

from django.urls import reverse
from django.utils.timesince import timesince
from wagtail.models import Page, TaskState

from clinic.core.start_page import MOST_ROWS, Row, start_section
from clinic.review.models import MedicalReviewTask

RIGHT = "review.decide_medicalreviewtask"
# More than anybody reads in a week; the list says how many there are.
MOST_SHOWN = 100


def may_review(user):
    """Whether the pages for reviewers are open to somebody."""
    return user.is_active and user.has_perm(RIGHT)


def waiting_states(user):
    """Return the states of what waits for this person, the oldest first."""
    if not may_review(user):
        return TaskState.objects.none()
    tasks = MedicalReviewTask.objects.filter(active=True)
    if not user.is_superuser:
        tasks = tasks.filter(groups__user=user)
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__in=tasks.values("pk"))
    return waiting.select_related("workflow_state__requested_by").order_by("started_at", "pk")


def state_of(page, user):
    """Return the state in which a page waits for this person, or None."""
    return waiting_states(user).for_instance(page).first()


def rows_for(user):
    """Return pairs of a state and its page, the oldest first; however many wait, it is two queries."""
    states = list(waiting_states(user)[:MOST_SHOWN])
    pages = Page.objects.in_bulk([int(state.workflow_state.object_id) for state in states])
    pairs = [(state, pages.get(int(state.workflow_state.object_id))) for state in states]
    return [(state, page) for state, page in pairs if page]


@start_section("Pages to read and review", order=11)
def pages_to_review(user):
    """Tell the start page of what waits for this person."""
    for state, page in rows_for(user)[: MOST_ROWS + 1]:
        note = f"waiting for {timesince(state.started_at)}"
        yield Row(page.get_admin_display_title(), reverse("review_read", args=[page.pk]), note)
