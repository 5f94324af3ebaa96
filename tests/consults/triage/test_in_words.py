"""Times in words, by the clock of whoever is called."""

from datetime import UTC, datetime

import pytest

from consults.triage.in_words import best_times_in_words, clock_in_words


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
