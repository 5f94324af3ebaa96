"""Telling colleagues, and later the owner, of a request that nobody has tried to answer for too long.

Minutes count only while the clinic is open and the person can be called. Whoever merely opened or claimed a
request hasn't answered it.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from clinic.core.facts import read_facts
from consults.models import ConsultRequest, OutboxMessage
from consults.workflow.transitions.windows import callable_minutes

ESCALATION = OutboxMessage.Template.ESCALATION


def queue_escalations() -> int:
    """Queue a mail for each step that a request has reached; each once. Returns how many were queued.

    Raises django.db.Error.
    """
    _forget_overtaken()
    late = [message for recipient, minutes in _steps() for message in _late(recipient, minutes)]
    OutboxMessage.objects.queue(late)
    return len(late)


def _steps():
    """Return who is told after how many minutes; a step of 0 minutes is left out."""
    steps = [
        (OutboxMessage.Recipient.STAFF, settings.CONSULTS_REMIND_AFTER_MINUTES),
        (OutboxMessage.Recipient.OWNER, settings.CONSULTS_ESCALATE_AFTER_MINUTES),
    ]
    return [(recipient, minutes) for recipient, minutes in steps if minutes]


def _late(recipient, minutes):
    return [
        OutboxMessage(template=ESCALATION, recipient=recipient, reference=consult.reference)
        for consult in _untold(recipient, minutes)
        if _waited(consult) >= minutes
    ]


def _waited(consult):
    """Return the minutes in which somebody could have tried."""
    hours = read_facts().hours_of(consult.location)
    zone = consult.time_zone or hours.zone
    return callable_minutes(hours, consult.created_at, consult.now, best_times=consult.best_times, zone=zone)


def _untold(recipient, minutes):
    """Return the unanswered requests old enough by the wall, without those this recipient was told of."""
    told = OutboxMessage.objects.filter(
        template=ESCALATION, recipient=recipient, reference=OuterRef("reference")
    )
    return (
        ConsultRequest.objects.from_people()
        .unanswered()
        .filter(~Exists(told), created_at__lte=Now() - timedelta(minutes=minutes))
        .annotate(now=Now())
        .only("reference", "created_at", "location", "best_times", "time_zone")
    )


def _forget_overtaken():
    """Drop what isn't sent yet and isn't true any more, since somebody tried meanwhile."""
    still_waits = ConsultRequest.objects.unanswered().filter(reference=OuterRef("reference"))
    unsent = OutboxMessage.objects.waiting().filter(template=ESCALATION)
    unsent.filter(~Exists(still_waits)).delete()
