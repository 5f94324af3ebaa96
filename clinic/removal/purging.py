"""Removing for good: after thirty days by the worker, or sooner by hand."""

import logging
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.actions.delete_page import DeletePageAction
from wagtail.models import Page, ReferenceIndex

from .models import Removal

KEPT_DAYS = 30
logger = logging.getLogger(__name__)


class StillNeeded(Exception):
    """Something that can't be without it holds on to the page."""


def remove_for_good(removal, user=None) -> None:
    """Delete a removed page with all below it. Raises StillNeeded."""
    page = Page.objects.get(pk=removal.page_id)
    family = Page.objects.descendant_of(page, inclusive=True)
    links = ReferenceIndex.get_references_to_in_bulk(list(family))
    sources = set(links.values_list("content_type", "object_id"))
    try:
        with transaction.atomic():
            DeletePageAction(page, user=user).execute(skip_permission_checks=True)
            _note_again(sources)
    except ProtectedError as error:
        raise StillNeeded from error


def _note_again(sources):
    """Look anew at what linked here: deleting forgets it, and no list would tell of a link to nothing."""
    for kind, key in sources:
        model = ContentType.objects.get_for_id(kind).model_class()
        if source := model._default_manager.filter(pk=key).first():
            ReferenceIndex.create_or_update_for_object(source)


def remove_what_is_over() -> None:
    """Delete what was removed more than thirty days ago; the worker's step."""
    over = Removal.objects.filter(removed_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    for removal in over:
        try:
            remove_for_good(removal)
        except StillNeeded:
            logger.warning("removed page %s can't go: something still needs it", removal.page_id)


def gone_on(removed_at):
    """Return the day on which a page that was removed then goes by itself."""
    return timezone.localdate(removed_at + timedelta(days=KEPT_DAYS))
