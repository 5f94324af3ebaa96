"""Opening hours: lunch, exceptions, zones and the change of the clocks."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from clinic.core.opening_hours import (
    Exceptional,
    Period,
    Schedule,
    describe_next_opening,
    describe_today,
    describe_week,
    format_time,
)

pytestmark = pytest.mark.once

DENVER = ZoneInfo("America/Denver")
MORNING = Period(time(9), time(12))
AFTERNOON = Period(time(13), time(17))
WEEKDAYS = Schedule(
    zone="America/Denver",
    week={day: (MORNING, AFTERNOON) for day in range(5)},
    exceptions=(Exceptional(date(2026, 11, 26), date(2026, 11, 27), reason="Thanksgiving"),),
)


def at(*parts):
    """A moment by the clinic's clock."""
    return datetime(*parts, tzinfo=DENVER)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(2026, 11, 24, 8, 59), False),
        (at(2026, 11, 24, 9, 0), True),
        (at(2026, 11, 24, 11, 59), True),
        (at(2026, 11, 24, 12, 0), False),
        (at(2026, 11, 24, 13, 0), True),
        (at(2026, 11, 24, 17, 0), False),
        (at(2026, 11, 26, 10, 0), False),
        (at(2026, 11, 28, 10, 0), False),
    ],
)
def test_is_open_at_each_boundary(moment, expected):
    assert WEEKDAYS.is_open(moment) is expected


def test_is_open_counts_in_the_zone_of_the_clinic():
    assert WEEKDAYS.is_open(datetime(2026, 11, 24, 16, 0, tzinfo=UTC)) is True
    assert WEEKDAYS.is_open(datetime(2026, 11, 24, 15, 59, tzinfo=UTC)) is False


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(2026, 11, 24, 7, 0), "today at 9:00 am"),
        # The very moment of opening is not the next one any more; the one before it still is.
        (at(2026, 11, 24, 8, 59, 59), "today at 9:00 am"),
        (at(2026, 11, 24, 9, 0), "today at 1:00 pm"),
        (at(2026, 11, 24, 12, 30), "today at 1:00 pm"),
        (at(2026, 11, 24, 17, 0), "tomorrow at 9:00 am"),
        (at(2026, 11, 25, 17, 0), "on Monday at 9:00 am"),
    ],
)
def test_next_opening_skips_lunch_nights_weekend_and_holidays(moment, expected):
    assert describe_next_opening(WEEKDAYS, moment) == expected


def test_next_opening_names_the_date_when_it_is_a_week_off():
    closed = Schedule("America/Denver", WEEKDAYS.week, (Exceptional(date(2026, 12, 1), date(2026, 12, 11)),))
    assert describe_next_opening(closed, at(2026, 11, 30, 18, 0)) == "on December 14 at 9:00 am"


def test_next_opening_is_empty_when_there_is_none():
    assert describe_next_opening(Schedule(), at(2026, 11, 24, 9, 0)) == ""


def test_hours_hold_by_the_clock_on_the_wall_when_the_clocks_change():
    sundays = Schedule("America/Denver", {6: (Period(time(9), time(10)),)})
    assert sundays.is_open(datetime(2026, 3, 8, 15, 30, tzinfo=UTC)) is True
    assert sundays.is_open(datetime(2026, 3, 1, 16, 30, tzinfo=UTC)) is True
    assert sundays.next_opening(at(2026, 3, 7, 12, 0)) == at(2026, 3, 8, 9, 0)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(2026, 11, 24, 10), "Open today 9:00 am – 12:00 pm, 1:00 pm – 5:00 pm"),
        (at(2026, 11, 26, 10), "Closed today (Thanksgiving)"),
        (at(2026, 11, 28, 10), "Closed today"),
    ],
)
def test_today_in_words(moment, expected):
    assert describe_today(WEEKDAYS, moment) == expected


def test_special_hours_replace_the_usual_ones():
    short = Exceptional(date(2026, 12, 24), date(2026, 12, 24), (Period(time(9), time(11)),), "Christmas Eve")
    plan = Schedule("America/Denver", WEEKDAYS.week, (short,))
    assert describe_today(plan, at(2026, 12, 24, 8)) == "Open today 9:00 am – 11:00 am (Christmas Eve)"


def test_week_in_words_names_every_day():
    week = describe_week(WEEKDAYS)
    assert [day for day, _hours in week][::6] == ["Monday", "Sunday"]
    assert week[0][1] == "9:00 am – 12:00 pm, 1:00 pm – 5:00 pm"
    assert week[6][1] == "Closed"


@pytest.mark.parametrize(
    ("clock", "expected"),
    [(time(0), "12:00 am"), (time(9, 5), "9:05 am"), (time(12), "12:00 pm"), (time(23, 59), "11:59 pm")],
)
def test_times_in_words(clock, expected):
    assert format_time(clock) == expected


OPEN_TODAY = "Hoy abierto 9:00 a. m. – 12:00 p. m., 1:00 p. m. – 5:00 p. m."


@pytest.mark.parametrize(
    ("moment", "today", "next_opening"),
    [
        (at(2026, 11, 24, 7, 0), OPEN_TODAY, "hoy a las 9:00 a. m."),
        (at(2026, 11, 24, 12, 30), OPEN_TODAY, "hoy a la 1:00 p. m."),
        (at(2026, 11, 24, 17, 0), OPEN_TODAY, "mañana a las 9:00 a. m."),
        (at(2026, 11, 27, 17, 0), "Hoy cerrado (Thanksgiving)", "el lunes a las 9:00 a. m."),
    ],
)
def test_the_words_are_those_of_the_active_language(moment, today, next_opening):
    with translation.override("es"):
        assert describe_today(WEEKDAYS, moment) == today
        assert describe_next_opening(WEEKDAYS, moment) == next_opening
        assert describe_week(WEEKDAYS)[6] == ("Domingo", "Cerrado")
    assert describe_week(WEEKDAYS)[6] == ("Sunday", "Closed")


def test_a_distant_opening_is_a_date_in_spanish_too():
    closed = Exceptional(date(2026, 11, 24), date(2026, 12, 7))
    schedule = Schedule(zone="America/Denver", week=WEEKDAYS.week, exceptions=(closed,))
    with translation.override("es"):
        said = describe_next_opening(schedule, at(2026, 11, 24, 9, 0))
    assert said == "el 8 de diciembre a las 9:00 a. m."
