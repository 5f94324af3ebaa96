"""Keeping copies fresh when their sources change; nothing else happens on these signals."""

from django.db import transaction
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver
from wagtail.models import Page, ReferenceIndex

from .facts import publish_facts
from .models import ClinicSettings


@receiver(post_save, sender=ClinicSettings)
def refresh_facts(sender, **kwargs):
    """Publish the facts once the saved settings are there for everyone."""
    transaction.on_commit(publish_facts)


@receiver(m2m_changed)
def note_references(sender, instance, action, **kwargs):
    """Let Wagtail note what a page chose: it looks at a saved page before such choices are stored."""
    if isinstance(instance, Page) and action.startswith("post_"):
        with transaction.atomic():
            ReferenceIndex.create_or_update_for_object(instance)
