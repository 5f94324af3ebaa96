"""Removing a page: it is unpublished and moved below the hidden root, with all below it. Keys stay."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, Revision, WorkflowState

from clinic.core.removed_pages import make_hidden_root

from .models import Removal


@transaction.atomic
def remove(page, user=None):
    """Take a page away from everybody, with the pages below it, and return what is remembered of it."""
    root = make_hidden_root()
    page = Page.objects.get(pk=page.pk)
    family = page.get_descendants(inclusive=True)
    # What shows one of them elsewhere goes offline with it, and comes back with it.
    shown = Page.objects.live().filter(Q(pk__in=family.values("pk")) | Q(alias_of__in=family.values("pk")))
    removal = Removal.objects.create(
        page=page,
        parent=page.get_parent(),
        title=page.draft_title or page.title,
        slug=page.slug,
        address=page.url or "",
        was_live=list(shown.order_by("path").values_list("pk", "live_revision_id")),
        removed_by=user,
    )
    _stop_what_runs(family, user)
    for each in family.live().specific():
        UnpublishPageAction(each, user=user).execute(skip_permission_checks=True)
    move_as(page, f"removed-{page.pk}", root, user)
    return removal


def move_as(page, slug, parent, user):
    """Move a page under a slug that is free there; Wagtail refuses to move it under one that is not."""
    Page.objects.filter(pk=page.pk).update(slug=slug)
    moving = MovePageAction(Page.objects.get(pk=page.pk), parent, pos="last-child", user=user)
    # Wagtail lets no page stand below the hidden root; who may do this was asked before.
    moving.execute(skip_permission_checks=True)


def _stop_what_runs(family, user):
    """End what would publish one of these pages later: schedules and workflows."""
    of_pages = {"base_content_type": ContentType.objects.get_for_model(Page)}
    keys = [str(key) for key in family.values_list("pk", flat=True)]
    scheduled = Revision.objects.filter(**of_pages, object_id__in=keys, approved_go_live_at__isnull=False)
    scheduled.update(approved_go_live_at=None)
    for state in WorkflowState.objects.active().filter(**of_pages, object_id__in=keys):
        state.cancel(user=user)
