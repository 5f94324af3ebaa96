"""What the desk says of the hours, and its sections of what is planned: later today, and tomorrow."""

from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from clinic.core.facts import read_facts
from consults.models import ConsultRequest
from consults.triage.in_words import moment_as_said

from .reasons import plans_for
from .threads import fold

MOST_PLANNED = 25


class Plan(NamedTuple):
    """A request that comes up later, when it does, and why."""

    consult: ConsultRequest
    url: str
    when: str
    reasons: list


class Planned(NamedTuple):
    """What is planned for one day: how much it is, and the first of it."""

    number: int
    plans: list

    @property
    def more(self):
        """How many it doesn't show."""
        return self.number - len(self.plans)


class Hours(NamedTuple):
    """Whether the clinic is closed, and when it opens again, in words; empty where nobody knows."""

    is_closed: bool
    opens: str = ""


def hours_at(now) -> Hours:
    """Return what is to be said of the hours at an aware moment."""
    facts = read_facts()
    if facts.is_open_at(now):
        return Hours(is_closed=False)
    return Hours(is_closed=True, opens=_as_said(facts.opens_after(now), now))


def planned_at(now, later, away) -> dict:
    """Return what is planned for today and tomorrow by the reader's clock, how much beyond, and from when.

    ``later`` are the requests that come up after the aware moment ``now``, and ``away`` says who is away.
    """
    midnight, next_midnight = _start_of_day(now, 1), _start_of_day(now, 2)
    today = Q(comes_up_at__lt=midnight)
    tomorrow = Q(comes_up_at__gte=midnight, comes_up_at__lt=next_midnight)
    beyond = Q(comes_up_at__gte=next_midnight)
    found = later.aggregate(
        today=Count("pk", filter=today),
        tomorrow=Count("pk", filter=tomorrow),
        beyond=Count("pk", filter=beyond),
        beyond_from=Min("comes_up_at", filter=beyond),
        next_time=Min("comes_up_at"),
    )
    return {
        "today": Planned(found["today"], _plans(later.filter(today), now, away)),
        "tomorrow": Planned(found["tomorrow"], _plans(later.filter(tomorrow), now, away)),
        "beyond": found["beyond"],
        "beyond_from": _as_said(found["beyond_from"], now),
        "next_time": _as_said(found["next_time"], now),
    }


def _as_said(moment, now):
    return moment_as_said(moment, now) if moment else ""


def _start_of_day(now, days):
    """Return when the day begins that lies so many days ahead, by the reader's clock."""
    day = timezone.localdate(now) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time.min))


def _plans(requests, now, away):
    requests = requests.with_handed_at().with_later().with_appointment().with_site_changes()
    requests = requests.select_related("assignee").defer("envelope")
    requests = list(requests.order_by("comes_up_at", "pk")[:MOST_PLANNED])
    fold(requests, now)
    return [
        Plan(
            consult=consult,
            url=reverse("consult_requests:detail", args=[consult.pk]),
            when=moment_as_said(consult.comes_up_at, now),
            reasons=[*plans_for(consult, now), *away.of(consult)],
        )
        for consult in requests
    ]
