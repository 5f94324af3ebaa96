"""Where a page stands on its way to readers, as conditions for a query of pages."""

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from wagtail.models import Revision, WorkflowState, get_default_page_content_type


def is_submitted():
    """Whether a page waits for somebody's approval, or came back with wishes."""
    return Exists(WorkflowState.objects.active().filter(**_of_page()))


def is_scheduled():
    """Whether a version of a page goes online by itself."""
    return Exists(Revision.objects.filter(approved_go_live_at__isnull=False, **_of_page()))


def _of_page():
    # PostgreSQL compares no number with a text.
    key = Cast(OuterRef("pk"), CharField())
    return {"base_content_type": get_default_page_content_type(), "object_id": key}
