"""On which days somebody is first called, written to or texted: what the page after the form promises.

The same hours and wishes count by which the desk's list is sorted, so nobody is promised what the desk isn't
shown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings

from clinic.core.opening_hours import HORIZON as DAYS_AHEAD
from clinic.core.opening_hours import Schedule, open_stretches

from .transitions.windows import HORIZON, callable_stretches

# Less than this is left of a day as good as nothing.
LEAST = timedelta(minutes=30)


@dataclass(frozen=True)
class CallDay:
    """One day by the clock of the person, from when to when; both moments are aware."""

    begins: datetime
    ends: datetime


def first_call(
    schedule: Schedule, received_at: datetime, *, best_times: int, zone: str, by_phone: bool
) -> list[CallDay]:
    """Return the days on which we get in touch, the last one being that by whose end we have.

    That is the first day of which nothing was over when the request came, or as many of them as the clinic
    takes. None where no hours are known, or no opening is in sight.
    """
    if not any(schedule.week.values()):
        return []
    person = ZoneInfo(zone or schedule.zone)
    days: list[CallDay] = []
    whole = 0
    for day in _days(_stretches(schedule, received_at, best_times, person, by_phone), person):
        if day.ends - day.begins < LEAST:
            continue
        days.append(day)
        whole += day.begins > received_at
        if whole == settings.CONSULTS_FIRST_CALL_DAYS:
            break
    return days


def _stretches(schedule, received_at, best_times, person, by_phone):
    """Return when we can get in touch; a wish that meets no hours soon gives way, and so does the night."""
    if by_phone:
        for wish in dict.fromkeys((best_times, 0)):
            if found := list(callable_stretches(schedule, received_at, received_at + HORIZON, wish, person)):
                return found
    return list(open_stretches(schedule, received_at, received_at + timedelta(days=DAYS_AHEAD)))


def _days(stretches: Iterable[tuple[datetime, datetime]], person: ZoneInfo) -> Iterator[CallDay]:
    local = ((begins.astimezone(person), ends.astimezone(person)) for begins, ends in stretches)
    for _day, of_day in groupby(local, key=lambda stretch: stretch[0].date()):
        moments = [moment for stretch in of_day for moment in stretch]
        yield CallDay(min(moments), max(moments))
