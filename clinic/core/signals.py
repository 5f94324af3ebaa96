"""Refreshing the facts when their sources change; nothing else happens on these signals."""

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from .facts import publish_facts
from .models import ClinicSettings


@receiver(post_save, sender=ClinicSettings)
def refresh_facts(sender, **kwargs):
    """Publish the facts once the saved settings are there for everyone."""
    transaction.on_commit(publish_facts)
