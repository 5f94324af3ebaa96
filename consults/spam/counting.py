"""Signs that only a count can give: many requests of one contact or one network within an hour."""

from datetime import timedelta

from django.db.models import Count, Q

from consults.enums import SpamSignal
from consults.models import ConsultRequest

WITHIN = timedelta(hours=1)
SAME_CONTACT = 3
# A hospital or a phone network has one address for many people.
SAME_NETWORK = 60


def counted_signals(sealed) -> list[str]:
    """Return the signs that a sealed request gives together with those of the last hour.

    Counting the requests themselves needs no counter that many writers would wait for.
    """
    signals = []
    contact, network = _counts(sealed)
    if contact >= SAME_CONTACT:
        signals.append(SpamSignal.REPEATED.value)
    if network >= SAME_NETWORK:
        signals.append(SpamSignal.BUSY_NETWORK.value)
    return signals


def _counts(sealed):
    same_contact = Q()
    for column in ("phone_index", "email_index"):
        if sealed.indexes[column] is not None:
            same_contact |= Q(**{column: sealed.indexes[column]})
    same_network = Q(network=sealed.network) if sealed.network else Q(pk__in=[])
    recent = ConsultRequest.objects.filter(
        same_contact | same_network, created_at__gt=sealed.received_at - WITHIN
    )
    found = recent.aggregate(
        contact=Count("pk", filter=same_contact or Q(pk__in=[])), network=Count("pk", filter=same_network)
    )
    return found["contact"], found["network"]
