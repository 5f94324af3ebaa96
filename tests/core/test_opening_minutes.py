"""Opening minutes between two moments: weekends, exceptions, lunch, and the days the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from clinic.core.models import week_from_rows
from clinic.core.models.settings import DefaultHours
from clinic.core.opening_hours import Exceptional, Period, Schedule, opening_minutes

pytestmark = pytest.mark.once

DENVER = ZoneInfo("America/Denver")
DAY = (Period(time(9), time(12)), Period(time(13), time(17)))
CLINIC = Schedule(
    zone="America/Denver",
    week={day: DAY for day in range(5)},
    exceptions=(
        Exceptional(date(2026, 11, 26), date(2026, 11, 27), reason="Thanksgiving"),
        Exceptional(date(2026, 11, 28), date(2026, 11, 28), (Period(time(10), time(11)),), "Open day"),
    ),
)
NIGHTS = Schedule(zone="America/Denver", week={day: (Period(time(1), time(4)),) for day in range(7)})


def at(*parts):
    """A moment by the clinic's clock."""
    return datetime(*parts, tzinfo=DENVER)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        # Within a period, around lunch, around a whole day.
        (at(2026, 11, 24, 9, 10), at(2026, 11, 24, 9, 40), 30),
        (at(2026, 11, 24, 11, 45), at(2026, 11, 24, 13, 15), 30),
        (at(2026, 11, 24, 0, 0), at(2026, 11, 25, 0, 0), 420),
        (at(2026, 11, 24, 12, 10), at(2026, 11, 24, 12, 50), 0),
        # Over night, and from the evening on.
        (at(2026, 11, 24, 16, 50), at(2026, 11, 25, 9, 20), 30),
        (at(2026, 11, 24, 22, 0), at(2026, 11, 25, 8, 59), 0),
        # Over a weekend, over a holiday and a day that is open by exception.
        (at(2026, 11, 20, 16, 50), at(2026, 11, 23, 9, 20), 30),
        (at(2026, 11, 21, 8, 0), at(2026, 11, 22, 20, 0), 0),
        (at(2026, 11, 25, 16, 50), at(2026, 11, 30, 9, 20), 90),
        # Nothing, seconds, and the wrong way round.
        (at(2026, 11, 24, 9, 0), at(2026, 11, 24, 9, 0), 0),
        (at(2026, 11, 24, 9, 0), at(2026, 11, 24, 9, 0, 59), 0),
        (at(2026, 11, 24, 10, 0), at(2026, 11, 24, 9, 0), 0),
        (at(2026, 11, 25, 10, 0), at(2026, 11, 23, 9, 0), 0),
    ],
)
def test_only_open_minutes_count(start, end, minutes):
    assert opening_minutes(CLINIC, start, end) == minutes
    assert opening_minutes(CLINIC, start.astimezone(UTC), end.astimezone(UTC)) == minutes


@pytest.mark.parametrize(
    ("day", "minutes"),
    [
        (date(2026, 3, 8), 120),  # from 2 the clocks go on to 3
        (date(2026, 11, 1), 240),  # at 2 they go back to 1
        (date(2026, 11, 2), 180),
    ],
)
def test_the_hour_that_is_missing_or_comes_twice(day, minutes):
    start, end = (at(*(day + timedelta(days=n)).timetuple()[:3]) for n in (0, 1))
    assert opening_minutes(NIGHTS, start, end) == minutes
    # Both moments inside the period, on the two sides of the change.
    inside = at(*day.timetuple()[:3], 1, 30), at(*day.timetuple()[:3], 3, 30)
    assert opening_minutes(NIGHTS, *inside) == minutes - 60


@pytest.mark.parametrize("schedule", [Schedule(), Schedule(week={0: ()})])
def test_every_minute_counts_where_no_hours_are_known(schedule):
    start = at(2026, 10, 31, 12, 0)
    assert opening_minutes(schedule, start, start.astimezone(UTC) + timedelta(days=2)) == 2880
    assert opening_minutes(schedule, start, start - timedelta(minutes=5)) == 0


def test_rows_that_overlap_count_no_minute_twice():
    rows = [
        DefaultHours(weekday=0, opens=time(9), closes=time(12)),
        DefaultHours(weekday=0, opens=time(11), closes=time(13)),
        DefaultHours(weekday=0, opens=time(9), closes=time(10)),
        DefaultHours(weekday=0, opens=time(14), closes=time(17)),
    ]
    for order in permutations(rows):
        schedule = Schedule(zone="America/Denver", week=week_from_rows(order))
        assert schedule.week == {0: (Period(time(9), time(13)), Period(time(14), time(17)))}
        assert opening_minutes(schedule, at(2026, 11, 23, 0), at(2026, 11, 24, 0)) == 7 * 60
