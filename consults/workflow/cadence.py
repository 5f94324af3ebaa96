"""The cadence: what follows an attempt that reached nobody."""

from datetime import timedelta

from django.conf import settings

from clinic.core.facts import read_facts

from .windows import next_suitable, window_at

# A day and longer: another part of the day may find somebody whom the first one didn't.
OTHER_WINDOW_FROM = timedelta(hours=20)


def next_attempt(request, now):
    """Return when to try again after the attempt that was just counted; None when it was the last one."""
    waits = settings.CONSULTS_CADENCE_HOURS
    if request.attempts > len(waits):
        return None
    wait = timedelta(hours=waits[request.attempts - 1])
    hours = read_facts().hours_of(request.location)
    zone = request.time_zone or hours.zone
    avoid = window_at(now, zone) if wait >= OTHER_WINDOW_FROM else None
    return next_suitable(
        read_facts().hours_of(request.location),
        now + wait,
        best_times=request.best_times,
        zone=zone,
        avoid=avoid,
    )
