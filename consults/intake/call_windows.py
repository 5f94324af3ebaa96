"""The times of day that the form offers for a call: those in which somebody works."""

from datetime import time

from consults.enums import CallWindow
from consults.workflow.transitions.windows import HOURS, WEEKDAY, WEEKEND

WORKDAYS, DAYS_OFF = range(5), range(5, 7)


def offered_windows(facts) -> list[CallWindow]:
    """Return the windows in which the clinic or one of its places is open; all where no hours are known."""
    weeks = [schedule.week for schedule in (facts.hours, *(place.hours for place in facts.locations))]
    offered = [
        window
        for windows, days in ((WEEKDAY, WORKDAYS), (WEEKEND, DAYS_OFF))
        for window, (begin, end) in zip(windows, HOURS, strict=True)
        if any(_is_open(week, days, time(begin), time(end)) for week in weeks)
    ]
    return offered or list(CallWindow)


def _is_open(week, days, begin, end):
    return any(period.opens < end and period.closes > begin for day in days for period in week.get(day, ()))
