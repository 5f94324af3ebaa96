"""Moments as evidence tells them: by the reader's clock, to the second, with the zone."""

from django.utils import timezone
from django.utils.formats import date_format


def in_full(moment) -> str:
    """Return a moment such as "Nov. 24, 2026, 12:00:00 MST": nobody can reckon with "2 hours ago"."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'DATE_FORMAT')}, {local:%H:%M:%S} {local.tzname()}"
