"""What people looked for and didn't find, as a count for each word.

The visitor's process writes a line into a small file and asks no database; the worker counts. A word stands
in clear only where a list knows it; what a page knows is no miss. Any other could be somebody's name: it is a
keyed hash until it was searched on as many different days as ``DAYS_UNTIL_CLEAR``, so that nobody's own
repeated tries bring it to light.
"""

import contextlib
import json
from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from clinic.core.json_files import write_json
from clinic.core.noted_lines import note_lines, take_lines

from .models import MissedWord
from .word_lists import KNOWN, LEFT_OUT

DAYS_UNTIL_CLEAR = 3
SHORTEST, LONGEST = 3, 30
# Beyond this nothing more is written until the worker has counted (bytes).
LARGEST_FILE = 64 * 1024
MOST_ROWS = 1000
KEPT_DAYS = 180
HASHED, CLEAR = "#", "="


def note(query: str, missed: list[str], danger_in: Callable[[str], str]) -> None:
    """Write down what a query missed, where nothing of it can be of a person. Never raises."""
    if not missed or "@" in query or any(char.isdigit() for char in query) or danger_in(query):
        return
    words = [word for word in dict.fromkeys(missed) if _may_be_counted(word) and not danger_in(word)]
    with contextlib.suppress(OSError):
        due = _due() if words else set()
        _write([_as_noted(word, due) for word in words])


def count() -> None:
    """Bring what was written down into the table, and sweep it; the worker's step. Raises OSError."""
    lines = take_lines(_notes(), most_bytes=LARGEST_FILE)
    with transaction.atomic():
        _add(lines)
        _sweep()
    _tell_which_are_due()


def _may_be_counted(word):
    return SHORTEST <= len(word) <= LONGEST and word.isalpha() and word not in LEFT_OUT


def _as_noted(word, due):
    key = _key(word)
    return f"{CLEAR}{word}" if word in KNOWN or key in due else f"{HASHED}{key}"


def _key(word):
    return salted_hmac("clinic.search.misses", word, algorithm="sha256").hexdigest()


def _notes():
    # A folder of its own: a process that may write nothing else may be let in there.
    return settings.SEARCH_DIR / "misses" / "notes"


def _due_file():
    return settings.SEARCH_DIR / "misses-due.json"


def _due():
    """Return the hashes of words that were searched on so many days that the next one shows them."""
    try:
        return set(json.loads(_due_file().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return set()


def _write(noted):
    if noted:
        day = timezone.localdate().isoformat()
        note_lines(_notes(), [f"{day} {one}" for one in noted], most_bytes=LARGEST_FILE)


def _add(lines):
    for line in lines:
        with contextlib.suppress(ValueError):
            day, noted = line.split(" ", 1)
            _count_one(date.fromisoformat(day), noted[:1], noted[1:])


def _count_one(day, form, said):
    if form not in (HASHED, CLEAR) or not said or len(said) > 64:
        return
    key = _key(said) if form == CLEAR else said
    row = MissedWord.objects.filter(key=key).first()
    if row is None:
        row = MissedWord(key=key, first_day=day, last_day=day, days=0, searches=0)
    row.days += row.searches == 0 or day > row.last_day
    row.last_day = max(row.last_day, day)
    row.searches += 1
    if form == CLEAR:
        row.word = said[:LONGEST]
    row.save()


def _sweep():
    """Forget what nobody looked for any more, and of too many words the rarest."""
    MissedWord.objects.filter(last_day__lt=timezone.localdate() - timedelta(days=KEPT_DAYS)).delete()
    ranked = MissedWord.objects.order_by("-searches", "-last_day", "pk").values_list("pk", flat=True)
    if too_many := list(ranked[MOST_ROWS:]):
        MissedWord.objects.filter(pk__in=too_many).delete()


def _tell_which_are_due():
    due = MissedWord.objects.filter(word="", days__gte=DAYS_UNTIL_CLEAR - 1).values_list("key", flat=True)
    keys = sorted(due)
    if keys != sorted(_due()):
        write_json(_due_file(), keys)
