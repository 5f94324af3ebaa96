"""Time as the database sees it: instead of moving its clock, everything stored is moved back."""

from datetime import UTC, datetime

from django.db.models import F
from django.utils import timezone

from consults.models import Appointment, ConsultRequest, Heartbeat, OutboxMessage, TimelineEvent
from tests.factories.marks import mark_again

MOMENTS = {
    OutboxMessage: ["created_at", "tried_since", "next_attempt_at", "lease_until", "sent_at", "dead_at"],
    ConsultRequest: ["created_at", "updated_at"],
    Heartbeat: ["at"],
}


def let_pass(duration):
    """Let so much time go by for all requests, notices and signs of life."""
    for model, columns in MOMENTS.items():
        model.objects.update(**{column: F(column) - duration for column in columns})
    mark_again()


def zone_where_it_is(hour):
    """Return a time zone in which the clocks show this hour of some day now, whenever the test runs."""
    # These names count the other way round, from 14 hours ahead to 12 behind.
    behind = (datetime.now(UTC).hour - hour + 11) % 24 - 11
    return f"Etc/GMT{behind:+d}"


OF_A_REQUEST = [
    "created_at",
    "updated_at",
    "next_action_at",
    "agreed_at",
    "seen_at",
    "shown_at",
    "first_attempt_at",
    "reached_at",
]


def let_pass_until_due(reference):
    """Let time go by for one open request until something is to be done about it."""
    requests = ConsultRequest.objects.filter(reference=reference)
    left = requests.get().next_action_at - timezone.now()
    requests.update(**{column: F(column) - left for column in OF_A_REQUEST})
    TimelineEvent.objects.filter(consult__reference=reference).update(at=F("at") - left)
    mark_again(requests)


def let_nights_pass(references, duration):
    """Let so much time go by for these requests with all that happened to them, and for every mail."""
    requests = ConsultRequest.objects.filter(reference__in=references)
    requests.update(**{column: F(column) - duration for column in [*OF_A_REQUEST, "closed_at"]})
    TimelineEvent.objects.filter(consult__in=requests).update(at=F("at") - duration)
    Appointment.objects.filter(consult__in=requests).update(starts_at=F("starts_at") - duration)
    OutboxMessage.objects.update(**{c: F(c) - duration for c in MOMENTS[OutboxMessage]})
    mark_again(requests)
