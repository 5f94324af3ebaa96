"""Moments that every time zone and every database can hold."""

from datetime import UTC, datetime

FIRST, AFTER_LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
WRONG_YEAR = "This year can’t be right. Write the day with a year such as 2027."


def is_held(moment: datetime) -> bool:
    """Whether a moment can be stored; brought into another zone, one at the edge of time would fail."""
    return FIRST <= moment < AFTER_LAST
