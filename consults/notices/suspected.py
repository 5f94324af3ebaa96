"""Telling the front desk that something looks like spam: at most once an hour, however much comes."""

from datetime import timedelta

from django.conf import settings
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from clinic.core.facts import read_facts
from consults.models import ConsultRequest, OutboxMessage

SUSPECTED = {"template": OutboxMessage.Template.SUSPECTED, "recipient": OutboxMessage.Recipient.STAFF}
BETWEEN = timedelta(hours=1)


def queue_suspected() -> bool:
    """Queue a mail while something waits to be looked at and somebody is there to look; say whether it did.

    Raises django.db.Error.
    """
    now, hours = timezone.now(), read_facts().hours
    if hours and not hours.is_open(now):
        return False
    told = OutboxMessage.objects.filter(**SUSPECTED, created_at__gt=Now() - BETWEEN)
    if told.exists() or not _waiting().exists():
        return False
    # No request's: it names the hour, so that two workers make one row.
    row = OutboxMessage(**SUSPECTED, reference=f"S{now:%y%m%d%H}")
    OutboxMessage.objects.bulk_create([row], ignore_conflicts=True)
    return True


def suspected_context() -> dict | None:
    """Return what the mail says; None where somebody has looked meanwhile."""
    count = _waiting().count()
    link = settings.STAFF_URL + reverse("consult_requests:all") + "?status=quarantine"
    return {"count": count, "link": link} if count else None


def _waiting():
    """Return what was shown to nobody yet who may decide."""
    return ConsultRequest.objects.from_people().quarantined().filter(shown_at=None)
