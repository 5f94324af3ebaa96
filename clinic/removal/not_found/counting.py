"""How often an address was not found, for each day.

The visitor's process writes a line into a small file and asks no database; the worker counts.
"""

import contextlib
from collections import Counter
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from clinic.core.noted_lines import note_lines, take_lines
from clinic.removal.models import NotFoundAddress

from .addresses import countable

# Beyond this nothing more is written until the worker has counted (bytes).
LARGEST_FILE = 64 * 1024
MOST_ROWS = 500
# The days of which there are counts, and how long an address is remembered that nobody asks for any more.
COUNTED_DAYS = 30
KEPT_DAYS = 180


def note(address: str) -> None:
    """Write down that an address was not found; nothing for "". Never raises."""
    if address:
        with contextlib.suppress(OSError):
            line = f"{timezone.localdate().isoformat()} {address}"
            note_lines(_notes(), [line], most_bytes=LARGEST_FILE)


def count() -> None:
    """Bring what was written down into the table, and sweep it; the worker's step. Raises OSError."""
    found = Counter(_read(take_lines(_notes(), most_bytes=LARGEST_FILE)))
    today = timezone.localdate()
    with transaction.atomic():
        NotFoundAddress.objects.filter(last_day__lt=today - timedelta(days=KEPT_DAYS)).delete()
        if found:
            _add(found, today)


def requests_lately(row: NotFoundAddress, today: date) -> int:
    """Return how often it was asked for in the last days."""
    return sum(_recent(row.days, today).values())


def _notes():
    # Beside what the search counts: the process that takes requests in may write there and nowhere else.
    return settings.SEARCH_DIR / "misses" / "addresses"


def _read(lines):
    """Yield day and address of each line that can be one."""
    for line in lines:
        day, _, address = line.partition(" ")
        path, _, query = address.partition("?")
        with contextlib.suppress(ValueError):
            # Another process wrote it, so it is judged again.
            if address and countable(path, QueryDict(query)) == address:
                yield date.fromisoformat(day), address


def _add(found, today):
    """Count what was found, and keep the most frequent rows, of equal ones the newest."""
    rows = {row.address: row for row in NotFoundAddress.objects.all()}
    for (day, address), number in found.items():
        row = rows.setdefault(address, NotFoundAddress(address=address, last_day=day))
        row.days[day.isoformat()] = row.days.get(day.isoformat(), 0) + number
        row.last_day = max(row.last_day, day)
    ranked = sorted(rows.values(), key=lambda row: (requests_lately(row, today), row.last_day), reverse=True)
    kept, too_many = ranked[:MOST_ROWS], ranked[MOST_ROWS:]
    NotFoundAddress.objects.filter(pk__in=[row.pk for row in too_many if row.pk]).delete()
    touched = {address for _, address in found}
    for row in kept:
        row.days = _recent(row.days, today)
    NotFoundAddress.objects.bulk_create(row for row in kept if not row.pk)
    NotFoundAddress.objects.bulk_update(
        [row for row in kept if row.pk and row.address in touched], ["days", "last_day"]
    )


def _recent(days, today):
    first = (today - timedelta(days=COUNTED_DAYS - 1)).isoformat()
    return {day: number for day, number in days.items() if day >= first}
