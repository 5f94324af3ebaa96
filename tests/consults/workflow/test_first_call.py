"""Which days the page after the form names: the clinic's hours, the wish, both clocks."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from clinic.core.opening_hours import Exceptional, Period, Schedule
from consults.enums import CallWindow
from consults.workflow.first_call import first_call

pytestmark = pytest.mark.once

DENVER, NEW_YORK = "America/Denver", "America/New_York"
LUNCH = (Period(time(8), time(12)), Period(time(13), time(17)))
HOURS = Schedule(zone=DENVER, week=dict.fromkeys(range(5), LUNCH))
# A Monday.
MONDAY = date(2026, 11, 30)
EVENINGS = CallWindow.WEEKDAY_EVENING
MORNINGS = CallWindow.WEEKDAY_MORNING


def days(received, *, times=0, zone=DENVER, by_phone=True, hours=HOURS):
    moment = datetime.fromisoformat(received).replace(tzinfo=ZoneInfo(DENVER))
    found = first_call(hours, moment, best_times=times, zone=zone, by_phone=by_phone)
    return [f"{day.begins:%d %H:%M}-{day.ends:%d %H:%M}" for day in found]


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        # At two in the morning, of a weekend and of a working day.
        ("2026-11-28 02:00", ["30 08:00-30 17:00"]),
        ("2026-11-30 02:00", ["30 08:00-30 17:00"]),
        # While it is open: the rest of the day, or the next one.
        ("2026-11-30 10:12", ["30 10:12-30 17:00", "01 08:00-01 17:00"]),
        # Too little is left to be promised; then nothing.
        ("2026-11-30 16:45", ["01 08:00-01 17:00"]),
        ("2026-11-30 17:00", ["01 08:00-01 17:00"]),
        ("2026-12-04 16:00", ["04 16:00-04 17:00", "07 08:00-07 17:00"]),
    ],
)
def test_the_day_follows_from_the_hours(received, expected):
    assert days(received) == expected


def test_the_wish_counts_where_somebody_works_then():
    assert days("2026-11-28 02:00", times=MORNINGS) == ["30 08:00-30 12:00"]
    # What is over today comes tomorrow; what comes later today is today's.
    assert days("2026-11-30 13:00", times=MORNINGS) == ["01 08:00-01 12:00"]
    assert days("2026-11-30 06:00", times=CallWindow.WEEKDAY_AFTERNOON) == ["30 14:00-30 17:00"]
    # Nobody works in the evening: the hours count alone.
    assert days("2026-11-28 02:00", times=EVENINGS) == ["30 08:00-30 17:00"]


def test_it_is_the_clock_of_the_person():
    assert days("2026-11-28 02:00", zone=NEW_YORK) == ["30 10:00-30 19:00"]
    assert days("2026-11-28 02:00", zone="Pacific/Honolulu") == ["30 08:00-30 14:00"]
    # An e-mail disturbs nobody at five.
    assert days("2026-11-28 02:00", zone="Pacific/Honolulu", by_phone=False) == ["30 05:00-30 14:00"]


def test_closed_days_are_passed_over():
    closed = Schedule(zone=DENVER, week=HOURS.week, exceptions=(Exceptional(MONDAY, MONDAY),))
    assert days("2026-11-28 02:00", hours=closed) == ["01 08:00-01 17:00"]


def test_a_clinic_may_take_more_days(settings):
    settings.CONSULTS_FIRST_CALL_DAYS = 2
    assert days("2026-11-28 02:00") == ["30 08:00-30 17:00", "01 08:00-01 17:00"]


def test_without_hours_no_day_is_named():
    assert days("2026-11-28 02:00", hours=Schedule()) == []
    always = Exceptional(MONDAY.replace(month=1), MONDAY.replace(year=2027))
    assert days("2026-11-28 02:00", hours=Schedule(DENVER, HOURS.week, (always,))) == []


def test_the_clocks_may_change_in_between():
    assert days("2027-03-13 02:00", times=MORNINGS) == ["15 08:00-15 12:00"]
