"""Times in words, by the clock of whoever is called or of whoever reads."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from consults.triage.in_words import best_times_in_words, clock_in_words, moment_as_said


@pytest.mark.parametrize(
    ("bits", "words"),
    [
        (0, "Any time"),
        (1, "Weekday morning, 8 to 12"),
        (129, "Weekday morning, 8 to 12; Weekend evening, 5 to 8"),
    ],
)
def test_windows_are_said_in_words(bits, words):
    assert best_times_in_words(bits) == words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/New_York", "Eastern time, 2:30\xa0pm there now"),
        ("Pacific/Honolulu", "Hawaii time, 8:30\xa0am there now"),
        ("Europe/Berlin", "Europe/Berlin, 8:30\xa0pm there now"),
    ],
)
def test_the_clock_is_the_one_where_somebody_lives(zone, words):
    assert clock_in_words(zone, datetime(2026, 7, 1, 18, 30, tzinfo=UTC)) == words


DENVER = ZoneInfo("America/Denver")
# A Saturday, half an hour before the day on which the clocks go back.
NOW = datetime(2026, 10, 31, 23, 30, tzinfo=DENVER)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ((2026, 10, 31, 23, 59), "today at 11:59\xa0pm"),
        ((2026, 10, 31, 0, 0), "today at 12\xa0am"),
        ((2026, 10, 30, 23, 59), "yesterday at 11:59\xa0pm"),
        ((2026, 10, 29, 9, 0), "Oct 29 at 9\xa0am"),
        ((2026, 11, 1, 0, 0), "tomorrow at 12\xa0am"),
        ((2026, 11, 1, 23, 59), "tomorrow at 11:59\xa0pm"),
        ((2026, 11, 2, 0, 0), "Monday at 12\xa0am"),
        ((2026, 11, 2, 14, 30), "Monday at 2:30\xa0pm"),
        ((2026, 11, 6, 12, 0), "Friday at 12\xa0pm"),
        ((2026, 11, 7, 9, 0), "Nov 7 at 9\xa0am"),
    ],
)
def test_a_moment_is_told_as_people_say_it(moment, words):
    with timezone.override("America/Denver"):
        assert moment_as_said(datetime(*moment, tzinfo=DENVER), NOW) == words


def test_both_hours_that_the_clocks_show_twice_are_of_the_same_day():
    with timezone.override("America/Denver"):
        for fold in (0, 1):
            moment = datetime(2026, 11, 1, 1, 30, fold=fold, tzinfo=DENVER)
            assert moment_as_said(moment, NOW) == "tomorrow at 1:30\xa0am"


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/New_York", "today at 1\xa0am"),
        ("America/Denver", "tomorrow at 12\xa0am"),
        ("Pacific/Honolulu", "today at 8\xa0pm"),
    ],
)
def test_the_day_is_the_readers(zone, words):
    with timezone.override(zone):
        assert moment_as_said(datetime(2026, 11, 1, 0, 0, tzinfo=DENVER), NOW) == words
