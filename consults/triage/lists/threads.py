"""What stands folded under a row: the other open requests of the same person, each one tap away."""

from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse

from consults.enums import Priority
from consults.models import ConsultRequest

from .reasons import what_comes_up


class Folded(NamedTuple):
    """An open request that is linked with the one of the row, and when it comes up and why."""

    consult: ConsultRequest
    url: str
    words: str


def fold(leading, now) -> None:
    """Give each of the requests that lead those folded under it, as ``folded``, in one query."""
    by_thread: dict[int, list[Folded]] = {consult.thread_id: [] for consult in leading}
    for other in folded_under(leading).defer("envelope"):
        by_thread[thread_among(other, by_thread)].append(_folded(other, now))
    for consult in leading:
        consult.folded = by_thread[consult.thread_id]


def folded_under(leading) -> QuerySet[ConsultRequest]:
    """Return the other open requests of the people whose requests lead, the oldest first."""
    # The first one of somebody leads only where no other is open.
    linked = [consult for consult in leading if consult.same_as_id]
    threads = [consult.thread_id for consult in linked]
    others = ConsultRequest.objects.open().filter(Q(pk__in=threads) | Q(same_as__in=threads))
    return others.exclude(pk__in=[consult.pk for consult in linked]).oldest_first()


def thread_among(other, threads) -> int:
    """Return under which of these threads a request stands, by whose keys ``folded_under`` found it."""
    # What was linked on at this very moment still has its own that point to it.
    return other.thread_id if other.thread_id in threads else other.pk


def references_of(leading) -> list[str]:
    """Return the references of all that stands folded under these."""
    return [other.consult.reference for consult in leading for other in consult.folded]


def _folded(other, now):
    mark = other.get_priority_display() if other.priority != Priority.NONE else ""
    return Folded(
        consult=other,
        url=reverse("consult_requests:detail", args=[other.pk]),
        words="; ".join(filter(None, [mark, what_comes_up(other, now)])),
    )
