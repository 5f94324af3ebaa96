"""Refreshing the facts when a treatment changes; nothing else happens on these signals."""

from django.db import transaction
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from clinic.core.facts import publish_facts

from .models import TreatmentPage


@receiver([page_published, page_unpublished], sender=TreatmentPage)
def refresh_facts(sender, **kwargs):
    """Publish the facts once the change is there for everyone."""
    transaction.on_commit(publish_facts)
