"""Visits inside the site: one person at a time, without a server between."""

import time
from dataclasses import dataclass
from statistics import median

VISITS, WARM_UP = 60, 5
# What takes long is asked less often, but never less than this.
SECONDS, FEWEST = 6, 3


@dataclass(frozen=True)
class Seen:
    """Milliseconds of a visit, and its queries."""

    median: float
    p95: float
    queries: int


def see(visit):
    """Visit again and again, and return what was seen."""
    from django.db import connection

    begin = time.perf_counter()
    made, times = [], []
    visit()
    with connection.execute_wrapper(lambda execute, *call: made.append(call) or execute(*call)):
        visit()
    while len(times) < WARM_UP + VISITS:
        start = time.perf_counter()
        visit()
        times.append((time.perf_counter() - start) * 1000)
        if time.perf_counter() - begin > SECONDS and len(times) >= FEWEST:
            break
    ordered = sorted(times[min(WARM_UP, len(times) - FEWEST) :])
    return Seen(median(ordered), ordered[int(len(ordered) * 0.95)], len(made))


def fine(response, status=200):
    """Refuse to measure an error."""
    if response.status_code != status:
        raise RuntimeError(f"The site answered {response.status_code}.")
    return response


def tidy():
    """Let the database know how its tables look now, as it finds out by itself in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
