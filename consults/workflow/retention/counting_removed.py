"""Counting what was removed: later, several at once and shuffled, so that no count leads to a request."""

import logging
import secrets
from collections import Counter
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from clinic.core.facts import read_facts
from consults.enums import Status
from consults.models import FunnelCount, FunnelRow, UncountedRemoval
from consults.sealing.envelope import EnvelopeProblem, open_envelope, seal
from consults.sealing.keys import KeyProblem, parse_sealing_key, parse_sealing_keys

logger = logging.getLogger(__name__)

# With fewer, the rows written together would say which request each was.
FEWEST = 5
MOST = 1000
BOOKED = [Status.BOOKED, Status.CONVERTED]
NO_PEOPLE = [Status.QUARANTINE, Status.SPAM]

# Week, treatment, and whether it was booked.
Removed = tuple[date, str, bool]


def keep_for_counting(*, week: date, treatment: str, is_booked: bool) -> None:
    """Keep, sealed, what is to be counted of a removed request."""
    row = UncountedRemoval()
    contents = {"week": week.isoformat(), "treatment": treatment, "is_booked": is_booked}
    public_key = parse_sealing_key(settings.CONSULTS_SEALING_PUBLIC_KEY)
    row.sealed = seal(contents, reference=row.place, public_key=public_key)
    row.save(force_insert=True)


@transaction.atomic
def count_removed() -> int:
    """Add what waits to the counts, if it is enough; return how many were added. Raises django.db.Error."""
    waiting = list(UncountedRemoval.objects.select_for_update().order_by("pk")[:MOST])
    rows = [(row, opened) for row in waiting if (opened := _opened(row))]
    # The release before wrote them in clear, one by one.
    before = list(FunnelRow.objects.select_for_update().order_by("pk")[:MOST])
    if len(rows) + len(before) < FEWEST:
        return 0
    counts = Counter(opened for _row, opened in rows)
    counts.update(
        (row.week, row.treatment, row.outcome in BOOKED) for row in before if row.outcome not in NO_PEOPLE
    )
    UncountedRemoval.objects.filter(pk__in=[row.pk for row, _opened in rows]).delete()
    FunnelRow.objects.filter(pk__in=[row.pk for row in before]).delete()
    shuffled = list(counts.items())
    secrets.SystemRandom().shuffle(shuffled)
    for combination, number in shuffled:
        _add(*combination, number)
    return counts.total()


def _add(week, treatment, is_booked, number):
    combination = {"week": week, "treatment": treatment, "is_booked": is_booked}
    if not FunnelCount.objects.filter(**combination).update(number=F("number") + number):
        FunnelCount.objects.create(**combination, number=number)


def _opened(row: UncountedRemoval) -> Removed | None:
    """Return week, treatment and whether it was booked; None where it doesn't open, and then it waits."""
    try:
        keys = parse_sealing_keys(settings.CONSULTS_SEALING_PRIVATE_KEYS)
        contents, _key = open_envelope(row.sealed, reference=row.place, private_keys=keys)
    except (EnvelopeProblem, KeyProblem) as problem:
        logger.warning("purge: a removed request can't be counted: %s", type(problem).__name__)
        return None
    return date.fromisoformat(contents["week"]), contents["treatment"], contents["is_booked"]


def monday_of(moment):
    """Return the Monday of the week in which an aware moment lies, by the clinic's clock like the reports."""
    day = moment.astimezone(read_facts().zone).date()
    return day - timedelta(days=day.weekday())
