"""The requests before and after one, in the list that somebody came from."""

from typing import NamedTuple

from django.utils import timezone

from consults.models import ConsultRequest

from .inbox import InboxView
from .order import by_urgency
from .positions import List, position_in

# So far a request may have moved in its list since somebody opened it, as others came and went.
SHIFT = 5


class Neighbors(NamedTuple):
    """Where to go on from a request; an address is empty at either end of the list."""

    list_url: str
    query: str
    previous_url: str
    next_url: str


def neighbors_of(consult, request) -> Neighbors | None:
    """Return the neighbors of a request in the list its address names; None where it names none."""
    position = position_in(request)
    if position is None:
        return None
    first = max(position.at - SHIFT - 1, 0)
    around = list(_ordered(position, request).values_list("pk", flat=True)[first : position.at + SHIFT + 2])
    if consult.pk in around:
        here = around.index(consult.pk)
        before, after = here - 1, here + 1
    else:
        # It left the list meanwhile; the next one stands in its place.
        before, after = position.at - first - 1, position.at - first
    previous_url, next_url = (
        position.url_of(around[n], at=first + n) if 0 <= n < len(around) else "" for n in (before, after)
    )
    return Neighbors(position.list_url, position.query, previous_url, next_url)


def _ordered(position, request):
    if position.list == List.NOW:
        now = timezone.now()
        return by_urgency(ConsultRequest.objects.from_people().due(now), now)
    inbox = InboxView()
    inbox.setup(request)
    return inbox.get_queryset()
