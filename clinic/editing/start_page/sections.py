"""What waits for somebody who writes. Each section costs the same for one page and for many."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, prefetch_related_objects
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Revision,
    TaskState,
    WorkflowState,
    get_default_page_content_type,
)
from wagtail.permissions import page_permission_policy

from clinic.core.page_states import is_scheduled, is_submitted
from clinic.core.start_page import MOST_ROWS, Row, start_section

# Of the schedule, as many are looked at for those that somebody may change.
MOST_SCHEDULED = 200


@start_section("Waiting for your review", order=10)
def to_review(user):
    """What somebody submitted and this person may approve, the longest wait first.

    Tasks of Wagtail's own kind alone: whoever brings another kind has a section for it.
    """
    kind = ContentType.objects.get_for_model(GroupApprovalTask)
    waiting = TaskState.objects.reviewable_by(user).filter(task__content_type=kind)
    waiting = waiting.select_related("revision").defer("revision__content")
    states = list(waiting.order_by("started_at")[: MOST_ROWS + 1])
    addresses = _addresses([state.revision for state in states], user)
    for state in states:
        note = f"waiting for {timesince(state.started_at)}"
        yield Row(state.revision.object_str, addresses[state.revision], note)


@start_section("My drafts", order=20)
def my_drafts(user):
    """What this person began or changed last and readers don't see yet, but what waits elsewhere."""
    drafts = (
        _may_change(user)
        .filter(Q(owner=user) | Q(latest_revision__user=user), has_unpublished_changes=True)
        .exclude(is_submitted())
        .exclude(is_scheduled())
        .order_by("-latest_revision_created_at", "-pk")
    )
    columns = drafts.values_list("pk", "draft_title", "live", "latest_revision_created_at")
    for key, title, is_live, changed in columns[: MOST_ROWS + 1]:
        state = "readers see the version before" if is_live else "not published"
        yield Row(title, _edit(key), f"{state}, changed {timesince(changed)} ago" if changed else state)


@start_section("With a reviewer", order=30)
def with_a_reviewer(user):
    """What this person submitted, or began, and somebody else has to look at."""
    begun = Page.objects.filter(owner=user).annotate(key=Cast("pk", CharField())).values("key")
    own = Q(base_content_type=get_default_page_content_type(), object_id__in=begun)
    submitted = (
        WorkflowState.objects.active()
        .filter(own | Q(requested_by=user), current_task_state__isnull=False)
        .select_related("current_task_state__task", "current_task_state__revision")
        .defer("current_task_state__revision__content")
    )
    states = list(submitted.order_by("-created_at")[: MOST_ROWS + 1])
    addresses = _addresses([state.current_task_state.revision for state in states], user)
    for state in states:
        revision = state.current_task_state.revision
        yield Row(revision.object_str, addresses[revision], _stands_at(state))


@start_section("Scheduled", order=40)
def scheduled(user):
    """What goes online by itself, the next first, of the pages that this person may change."""
    planned = (
        Revision.page_revisions.filter(approved_go_live_at__isnull=False)
        .order_by("approved_go_live_at", "pk")
        .values_list("object_id", "object_str", "approved_go_live_at")[:MOST_SCHEDULED]
    )
    keys = [int(key) for key, _title, _when in planned]
    allowed = set(_may_change(user).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    rows = [(int(key), title, when) for key, title, when in planned if int(key) in allowed]
    for key, title, when in rows[: MOST_ROWS + 1]:
        appears = date_format(timezone.localtime(when), "DATETIME_FORMAT")
        yield Row(title, _edit(key), f"goes online {appears}")


def _may_change(user):
    return page_permission_policy.instances_user_has_permission_for(user, "change").filter(depth__gt=1)


def _stands_at(state):
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return "changes are asked for"
    task = state.current_task_state
    return f"at “{task.task.name}” for {timesince(task.started_at)}"


def _addresses(revisions, user):
    """Return where each thing is edited. Only what is no page has to be fetched for it."""
    page = get_default_page_content_type()
    others = [revision for revision in revisions if revision.base_content_type_id != page.pk]
    prefetch_related_objects(others, "content_object")
    finder = AdminURLFinder(user)
    return {
        revision: (finder.get_edit_url(revision.content_object) or "")
        if revision in others
        else _edit(revision.object_id)
        for revision in revisions
    }


def _edit(key):
    return reverse("wagtailadmin_pages:edit", args=[key])
