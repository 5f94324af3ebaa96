"""Keeping copies fresh when their sources change; nothing else happens on these signals."""

from django.db import transaction
from django.db.models.signals import m2m_changed
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, ReferenceIndex, Site

from .facts import FACTS
from .models import ClinicSettings, MainMenu, SiteNotice
from .snapshots import register_snapshot

# Any page may be the privacy notice, stand in the menu, or lie above one that does.
register_snapshot(FACTS, sources=(Page, PageViewRestriction, Site, ClinicSettings, MainMenu, SiteNotice))


@receiver(m2m_changed)
def note_references(sender, instance, action, **kwargs):
    """Let Wagtail note what a page chose: it looks at a saved page before such choices are stored."""
    if isinstance(instance, Page) and action.startswith("post_"):
        with transaction.atomic():
            ReferenceIndex.create_or_update_for_object(instance)
