"""Opening hours: lunch, exceptions, zones and the change of the clocks."""

from datetime import UTC, date, datetime, time
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from clinic.core.opening_hours import (
    Exceptional,
    Period,
    Schedule,
    after_opening_minutes,
    describe_next_opening,
    describe_today,
    describe_week,
    format_time,
    opening_minutes,
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
        (at(2026, 11, 24, 7, 0), "today at 9:00\xa0am"),
        # The very moment of opening is not the next one any more; the one before it still is.
        (at(2026, 11, 24, 8, 59, 59), "today at 9:00\xa0am"),
        (at(2026, 11, 24, 9, 0), "today at 1:00\xa0pm"),
        (at(2026, 11, 24, 12, 30), "today at 1:00\xa0pm"),
        (at(2026, 11, 24, 17, 0), "tomorrow at 9:00\xa0am"),
        (at(2026, 11, 25, 17, 0), "on Monday at 9:00\xa0am"),
    ],
)
def test_next_opening_skips_lunch_nights_weekend_and_holidays(moment, expected):
    assert describe_next_opening(WEEKDAYS, moment) == expected


def test_next_opening_names_the_date_when_it_is_a_week_off():
    closed = Schedule("America/Denver", WEEKDAYS.week, (Exceptional(date(2026, 12, 1), date(2026, 12, 11)),))
    assert describe_next_opening(closed, at(2026, 11, 30, 18, 0)) == "on December 14 at 9:00\xa0am"


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
        (at(2026, 11, 24, 10), "Open today 9:00\xa0am – 12:00\xa0pm, 1:00\xa0pm – 5:00\xa0pm"),
        (at(2026, 11, 26, 10), "Closed today (Thanksgiving)"),
        (at(2026, 11, 28, 10), "Closed today"),
    ],
)
def test_today_in_words(moment, expected):
    assert describe_today(WEEKDAYS, moment) == expected


def test_special_hours_replace_the_usual_ones():
    short = Exceptional(date(2026, 12, 24), date(2026, 12, 24), (Period(time(9), time(11)),), "Christmas Eve")
    plan = Schedule("America/Denver", WEEKDAYS.week, (short,))
    assert describe_today(plan, at(2026, 12, 24, 8)) == "Open today 9:00\xa0am – 11:00\xa0am (Christmas Eve)"


def days(first, last, *periods, reason=""):
    """An exception of days in December 2026."""
    return Exceptional(date(2026, 12, first), date(2026, 12, last), periods, reason)


HOLIDAYS = days(20, 31, reason="Holidays")
CHRISTMAS_EVE = days(24, 24, MORNING, reason="Christmas Eve")
STOCKTAKING = days(22, 24, AFTERNOON, reason="Stocktaking")
AS_LONG_BUT_LATER = days(23, 25, MORNING, reason="Half days")
SAME_DAY_BUT_CLOSED = days(24, 24, reason="Storm")


@pytest.mark.parametrize(
    ("exceptions", "day", "winner"),
    [
        ((HOLIDAYS, CHRISTMAS_EVE), 24, CHRISTMAS_EVE),
        ((HOLIDAYS, CHRISTMAS_EVE), 23, HOLIDAYS),
        ((HOLIDAYS, STOCKTAKING, CHRISTMAS_EVE), 24, CHRISTMAS_EVE),
        ((STOCKTAKING, AS_LONG_BUT_LATER), 23, AS_LONG_BUT_LATER),
        ((CHRISTMAS_EVE, SAME_DAY_BUT_CLOSED), 24, SAME_DAY_BUT_CLOSED),
    ],
)
def test_of_exceptions_that_overlap_the_narrower_and_later_one_holds(exceptions, day, winner):
    """In whatever order their rows stand."""
    for order in permutations(exceptions):
        plan = Schedule("America/Denver", WEEKDAYS.week, order)
        assert plan.exception_on(date(2026, 12, day)) == winner
        assert plan.periods_on(date(2026, 12, day)) == winner.periods


@pytest.mark.parametrize(
    ("exceptions", "shown"),
    [
        ((CHRISTMAS_EVE, HOLIDAYS), [HOLIDAYS, CHRISTMAS_EVE]),
        # The same one twice, and one that gives way on its only day.
        ((HOLIDAYS, HOLIDAYS), [HOLIDAYS]),
        ((SAME_DAY_BUT_CLOSED, CHRISTMAS_EVE), [SAME_DAY_BUT_CLOSED]),
        # Gone already.
        ((days(1, 2), HOLIDAYS), [HOLIDAYS]),
    ],
)
def test_each_exception_that_holds_is_shown_once(exceptions, shown):
    for order in permutations(exceptions):
        plan = Schedule("America/Denver", WEEKDAYS.week, order)
        assert plan.upcoming_exceptions(date(2026, 12, 3)) == shown


def test_week_in_words_names_every_day():
    week = describe_week(WEEKDAYS)
    assert [day for day, _hours in week][::6] == ["Monday", "Sunday"]
    assert week[0][1] == "9:00\xa0am – 12:00\xa0pm, 1:00\xa0pm – 5:00\xa0pm"
    assert week[6][1] == "Closed"


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        (time(0), "12:00\xa0am"),
        (time(9, 5), "9:05\xa0am"),
        (time(12), "12:00\xa0pm"),
        (time(23, 59), "11:59\xa0pm"),
    ],
)
def test_times_in_words(clock, expected):
    assert format_time(clock) == expected


OPEN_TODAY = "Hoy abierto 9:00\xa0a.\xa0m. – 12:00\xa0p.\xa0m., 1:00\xa0p.\xa0m. – 5:00\xa0p.\xa0m."


@pytest.mark.parametrize(
    ("moment", "today", "next_opening"),
    [
        (at(2026, 11, 24, 7, 0), OPEN_TODAY, "hoy a las 9:00\xa0a.\xa0m."),
        (at(2026, 11, 24, 12, 30), OPEN_TODAY, "hoy a la 1:00\xa0p.\xa0m."),
        (at(2026, 11, 24, 17, 0), OPEN_TODAY, "mañana a las 9:00\xa0a.\xa0m."),
        (at(2026, 11, 27, 17, 0), "Hoy cerrado (Thanksgiving)", "el lunes a las 9:00\xa0a.\xa0m."),
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
    assert said == "el 8 de diciembre a las 9:00\xa0a.\xa0m."


@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        (at(2026, 11, 24, 9, 0), 30, at(2026, 11, 24, 9, 30)),
        (at(2026, 11, 24, 9, 0), 0, at(2026, 11, 24, 9, 0)),
        # Across lunch, and never at the moment of closing itself.
        (at(2026, 11, 24, 11, 30), 30, at(2026, 11, 24, 13, 0)),
        (at(2026, 11, 24, 11, 45), 30, at(2026, 11, 24, 13, 15)),
        # Over night, over the holiday and the weekend.
        (at(2026, 11, 24, 16, 50), 30, at(2026, 11, 25, 9, 20)),
        (at(2026, 11, 25, 16, 50), 30, at(2026, 11, 30, 9, 20)),
        (at(2026, 11, 24, 3, 0), 30, at(2026, 11, 24, 9, 30)),
        # More than a day of it, and over the change of the clocks.
        (at(2026, 11, 23, 9, 0), 450, at(2026, 11, 24, 9, 30)),
        (at(2026, 10, 30, 16, 50), 30, at(2026, 11, 2, 9, 20)),
    ],
)
def test_after_so_many_minutes_of_opening_somebody_is_there(start, minutes, expected):
    assert after_opening_minutes(WEEKDAYS, start, minutes) == expected
    assert opening_minutes(WEEKDAYS, start, expected) == minutes
    assert WEEKDAYS.is_open(expected)


CLOSED = Exceptional(date(2026, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    "schedule",
    [Schedule(), Schedule(week={0: ()}), Schedule(week=WEEKDAYS.week, exceptions=(CLOSED,))],
    ids=["no hours known", "never open", "closed for months"],
)
def test_without_an_opening_in_sight_every_minute_counts(schedule):
    start = at(2026, 11, 24, 9, 0)
    assert after_opening_minutes(schedule, start, 30) == at(2026, 11, 24, 9, 30)
