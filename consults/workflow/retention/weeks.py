"""The week as what is kept anonymously knows it: its Monday, by the clinic's clock like the reports."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from clinic.core.facts import read_facts


def monday_of(moment):
    """Return the Monday of the week in which an aware moment lies."""
    day = moment.astimezone(ZoneInfo(read_facts().hours.zone)).date()
    return day - timedelta(days=day.weekday())
