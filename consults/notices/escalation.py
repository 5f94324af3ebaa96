"""Telling the owner of a request that nobody has taken for too long, by the clinic's opening hours."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from clinic.core.facts import read_facts
from clinic.core.opening_hours import opening_minutes
from consults.models import ConsultRequest, OutboxMessage


def queue_escalations() -> int:
    """Queue one mail to the owner for each request that waits too long; each once.

    Returns how many were queued. Raises django.db.Error.
    """
    hours, patience = read_facts().hours, settings.CONSULTS_ESCALATE_AFTER_MINUTES
    late = [
        OutboxMessage(
            template=OutboxMessage.Template.ESCALATION,
            recipient=OutboxMessage.Recipient.OWNER,
            reference=request.reference,
        )
        for request in _waiting(patience)
        if opening_minutes(hours, request.created_at, request.now) >= patience
    ]
    _forget_overtaken()
    OutboxMessage.objects.bulk_create(late, ignore_conflicts=True)
    return len(late)


def _forget_overtaken():
    """Drop what isn't sent yet and isn't true any more, since somebody took the request meanwhile."""
    still_waits = ConsultRequest.objects.waiting().filter(reference=OuterRef("reference"))
    unsent = OutboxMessage.objects.waiting().filter(template=OutboxMessage.Template.ESCALATION)
    unsent.filter(~Exists(still_waits)).delete()


def _waiting(minutes):
    """Return the requests old enough by the wall, without those the owner was told of."""
    told = OutboxMessage.objects.filter(
        template=OutboxMessage.Template.ESCALATION, reference=OuterRef("reference")
    )
    return (
        ConsultRequest.objects.from_people()
        .waiting()
        .filter(~Exists(told), created_at__lte=Now() - timedelta(minutes=minutes))
        .annotate(now=Now())
        .only("reference", "created_at")
    )
