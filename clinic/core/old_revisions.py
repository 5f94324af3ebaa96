"""Letting go of earlier versions of pages that nobody will go back to."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, WorkflowState

KEPT = timedelta(days=365)
BATCH = 500
UNDER_REVIEW = [WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES]


def remove_old_revisions() -> int:
    """Remove versions of pages older than a year, some at a time; return how many.

    The newest, the published, the scheduled and those under review stay. Wagtail's own command takes the
    published one where a newer draft exists; scheduling a change would then take the page down.
    """
    in_use = Page.objects.filter(Q(live_revision=OuterRef("pk")) | Q(latest_revision=OuterRef("pk")))
    reviews = TaskState.objects.filter(revision=OuterRef("pk"), workflow_state__status__in=UNDER_REVIEW)
    old = Revision.page_revisions.filter(created_at__lt=timezone.now() - KEPT, approved_go_live_at=None)
    unused = old.exclude(Exists(in_use)).exclude(Exists(reviews)).order_by("created_at")
    keys = list(unused.values_list("pk", flat=True)[:BATCH])
    Revision.objects.filter(pk__in=keys).delete()
    return len(keys)
