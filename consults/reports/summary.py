"""The few sentences above the reports: what arrived, what came of it, and how that was before."""

from .comparing import THE_SAME, in_minutes, in_requests

ARRIVED, BOOKED = "Arrived", "Booked"


def summary_of(period, funnels, clocks):
    """Return the sentences; ``funnels`` and ``clocks`` are those of the period and of the days before."""
    now, before = ({step.label: step.count for step in steps} for steps in funnels)
    sentences = [
        f"{_requests(now[ARRIVED])} arrived in {_days(period)}: "
        f"{_beside(in_requests(now[ARRIVED], before[ARRIVED]), before[ARRIVED])}.",
        f"{now[BOOKED]} of them led to an agreed consultation: "
        f"{_beside(in_requests(now[BOOKED], before[BOOKED]), before[BOOKED])}.",
    ]
    return [
        *sentences,
        *_for_each_day((now[ARRIVED], period.days_open), (before[ARRIVED], period.before.days_open)),
        *_how_quickly(*(clock.attempt.median for clock in clocks)),
    ]


def _for_each_day(now, before):
    """Return how many arrived for each day of opening, where these and those before had not as many."""
    (arrived, days), (arrived_before, days_before) = now, before
    if not (days and days_before) or days == days_before:
        return []
    return [
        f"You were open on {days} of these days, and on {days_before} of those before: that makes "
        f"{arrived / days:.1f} requests for each day of opening, and {arrived_before / days_before:.1f} "
        "before."
    ]


def _how_quickly(now, before):
    """Return how long half of the people waited; nothing where too few wrote to tell."""
    if now is None:
        return []
    waited = f"Half of those tried through the website were tried within {now} opening minutes"
    if before is None:
        return [f"{waited}; there were too few before to compare."]
    difference = in_minutes(now, before)
    return [f"{waited}: {difference} {'as' if difference == THE_SAME else 'than'} before."]


def _beside(difference, before):
    """Return a difference with what it is measured against."""
    return f"{difference} {'as' if difference == THE_SAME else 'than'} the {before} before"


def _requests(number):
    return f"{number} request{'' if number == 1 else 's'}"


def _days(period):
    return "this one day" if period.days == 1 else f"these {period.days} days"
