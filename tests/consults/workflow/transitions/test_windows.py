"""When to try again: within the clinic's hours and at the person's times, across every edge."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from clinic.core.opening_hours import Exceptional, Period, Schedule
from consults.enums import CallWindow
from consults.workflow.transitions.windows import callable_minutes, next_suitable, suits, window_at

pytestmark = pytest.mark.once

DENVER, HONOLULU = "America/Denver", "Pacific/Honolulu"
SCHEDULE = Schedule(
    zone=DENVER,
    week={day: (Period(time(9), time(12)), Period(time(13), time(17))) for day in range(5)},
    exceptions=(Exceptional(date(2026, 11, 26), date(2026, 11, 27)),),
)


def at(*parts, zone=DENVER):
    return datetime(*parts, tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("moment", "window"),
    [
        (at(2026, 11, 24, 7, 59), None),
        (at(2026, 11, 24, 8), CallWindow.WEEKDAY_MORNING),
        (at(2026, 11, 24, 12), CallWindow.WEEKDAY_MIDDAY),
        (at(2026, 11, 24, 14), CallWindow.WEEKDAY_AFTERNOON),
        (at(2026, 11, 24, 19, 59), CallWindow.WEEKDAY_EVENING),
        (at(2026, 11, 24, 20), None),
        (at(2026, 11, 28, 8), CallWindow.WEEKEND_MORNING),
        (datetime(2026, 11, 24, 15, tzinfo=UTC), CallWindow.WEEKDAY_MORNING),
    ],
)
def test_windows_are_those_of_the_persons_clock(moment, window):
    assert window_at(moment, DENVER) == window


def test_no_wish_is_any_time_but_the_night():
    assert suits(0, at(2026, 11, 24, 10), DENVER)
    assert not suits(0, at(2026, 11, 24, 22), DENVER)
    assert not suits(CallWindow.WEEKDAY_EVENING, at(2026, 11, 24, 10), DENVER)


@pytest.mark.parametrize(
    ("after", "wish", "zone", "expected"),
    [
        # Now, if the clinic is open and the person can be called.
        (at(2026, 11, 24, 10, 5), 0, DENVER, at(2026, 11, 24, 10, 15)),
        # Over lunch, over night, over a holiday and the weekend behind it.
        (at(2026, 11, 24, 12, 1), 0, DENVER, at(2026, 11, 24, 13)),
        (at(2026, 11, 24, 17), 0, DENVER, at(2026, 11, 25, 9)),
        (at(2026, 11, 25, 17), 0, DENVER, at(2026, 11, 30, 9)),
        # Only in the afternoon.
        (at(2026, 11, 24, 9), CallWindow.WEEKDAY_AFTERNOON, DENVER, at(2026, 11, 24, 14)),
        # It is 6 am in Honolulu when the clinic opens.
        (at(2026, 11, 24, 9), 0, HONOLULU, at(2026, 11, 24, 11)),
        # Nobody answers on weekends: the wish gives way to the clinic's hours.
        (at(2026, 11, 24, 9), CallWindow.WEEKEND_MORNING, DENVER, at(2026, 11, 24, 13)),
        # The clocks go back on 1 November and forward on 8 March.
        (at(2026, 10, 30, 17), 0, DENVER, at(2026, 11, 2, 9)),
        (at(2027, 3, 5, 17), 0, DENVER, at(2027, 3, 8, 9)),
    ],
)
def test_the_next_suitable_moment(after, wish, zone, expected):
    assert next_suitable(SCHEDULE, after, best_times=wish, zone=zone) == expected


def test_another_part_of_the_day_is_tried_where_there_is_one():
    morning = CallWindow.WEEKDAY_MORNING
    after = at(2026, 11, 24, 9)
    found = next_suitable(SCHEDULE, after, best_times=0, zone=DENVER, avoid=morning)
    assert found == at(2026, 11, 24, 13)
    only = next_suitable(SCHEDULE, after, best_times=morning, zone=DENVER, avoid=morning)
    assert only == at(2026, 11, 24, 9)


def test_without_known_hours_the_person_alone_decides():
    after = at(2026, 11, 24, 6)
    assert next_suitable(Schedule(), after, best_times=0, zone=DENVER) == at(2026, 11, 24, 8)


@pytest.mark.parametrize(
    ("start", "end", "wish", "zone", "minutes"),
    [
        # Tuesday: no wish is any time but the night, and lunch is nobody's.
        (at(2026, 11, 24, 11, 30), at(2026, 11, 24, 13, 10), 0, DENVER, 40),
        # Nine in Denver is six in Honolulu, where the day begins at eleven by the clinic's clock.
        (at(2026, 11, 24, 9), at(2026, 11, 24, 11, 20), 0, HONOLULU, 20),
        (at(2026, 11, 24, 9), at(2026, 11, 24, 10, 59), 0, HONOLULU, 0),
        # Whoever asked for the afternoon isn't late in the morning, nor on the days of the feast.
        (at(2026, 11, 24, 9), at(2026, 11, 24, 14, 5), CallWindow.WEEKDAY_AFTERNOON, DENVER, 5),
        (at(2026, 11, 25, 16, 50), at(2026, 11, 30, 14, 5), CallWindow.WEEKDAY_AFTERNOON, DENVER, 15),
        (at(2026, 11, 24, 9), at(2026, 11, 24, 13, 59), CallWindow.WEEKDAY_AFTERNOON, DENVER, 0),
        # Nobody is there on weekends, and it is always night in Kolkata meanwhile: that gives way.
        (at(2026, 11, 24, 9), at(2026, 11, 24, 9, 30), CallWindow.WEEKEND_EVENING, DENVER, 30),
        (at(2026, 11, 24, 9), at(2026, 11, 24, 9, 30), 0, "Asia/Tokyo", 0),
        (at(2026, 11, 24, 9), at(2026, 11, 24, 9, 30), 0, "Asia/Kolkata", 30),
        (at(2026, 11, 24, 9), at(2026, 11, 24, 8), 0, DENVER, 0),
    ],
)
def test_only_minutes_in_which_somebody_can_be_called_count(start, end, wish, zone, minutes):
    assert callable_minutes(SCHEDULE, start, end, best_times=wish, zone=zone) == minutes


def test_where_the_clinic_is_open_at_their_night_alone_the_night_gives_way():
    early = Schedule(zone=DENVER, week={day: (Period(time(5), time(7)),) for day in range(7)})
    minutes = callable_minutes(early, at(2026, 11, 24, 5), at(2026, 11, 24, 5, 30), best_times=0, zone=DENVER)
    assert minutes == 30


def test_without_known_hours_the_persons_clock_counts_alone():
    """Also in the night in which the clocks go back."""
    start, end = at(2026, 10, 31, 19), at(2026, 11, 1, 9)
    assert callable_minutes(Schedule(), start, end, best_times=0, zone=DENVER) == 120
