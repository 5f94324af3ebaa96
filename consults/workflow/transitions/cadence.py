"""The cadence: what follows an attempt that reached nobody."""

from datetime import timedelta

from django.conf import settings

from clinic.core.facts import read_facts
from consults.enums import Status

from .windows import next_suitable, window_at

# A day and longer: another part of the day may find somebody whom the first one didn't.
OTHER_WINDOW_FROM = timedelta(hours=20)


def next_attempt(consult, now):
    """Return when to try again after the attempt that was just counted; None when it was the last one.

    Whoever has an appointment is never given up: the longest pause goes on.
    """
    waits = settings.CONSULTS_CADENCE_HOURS
    tries = consult.unanswered
    if tries > len(waits):
        if consult.status != Status.BOOKED:
            return None
        tries = len(waits)
    wait = timedelta(hours=waits[tries - 1]) if waits else OTHER_WINDOW_FROM
    hours = read_facts().hours_of(consult.location)
    zone = consult.time_zone or hours.zone
    avoid = window_at(now, zone) if wait >= OTHER_WINDOW_FROM else None
    return next_suitable(
        read_facts().hours_of(consult.location),
        now + wait,
        best_times=consult.best_times,
        zone=zone,
        avoid=avoid,
    )
