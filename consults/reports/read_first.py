"""What was put first, and what came of it: counts alone."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, Exists, OuterRef, Q, Sum, When

from consults.enums import Outcome, Priority, TimelineAction
from consults.models import FlagMiss, TimelineEvent

from .comparing import in_minutes, in_requests
from .figures import Bucket, real
from .percentiles import nearest_rank
from .rounding import in_fives, is_enough_for_a_time
from .tables import COMPARED, Table, compared, side_by_side

MINUTE = timedelta(minutes=1)
# By a list or a person: nothing stored tells the two apart.
MARKED = Q(action=TimelineAction.PRIORITY)
HANDED = Q(action=TimelineAction.HANDED)
PLANNED = Q(outcome=Outcome.CLINICIAN)


@dataclass(frozen=True)
class ReadFirst:
    """The counts, the median of the minutes by the wall until a person opened one (None: too few), and how
    many weeks began in the days, to which the misses belong.
    """

    buckets: list[Bucket]
    median: int | None
    weeks: int


def figure(period, told):
    """Return what happened to the requests of a period that a list or a person put first.

    What the list missed is told in fives to everybody: it is kept as a bare count, so that nobody learns of
    whom it tells, and one alone in a week could be looked for.
    """
    marked = (
        real(period)
        .filter(_has(MARKED) | ~Q(priority=Priority.NONE))
        .annotate(is_confirmed=_has(HANDED) | Exists(_plans()))
        .values_list("created_at", "seen_at", "is_confirmed")
    )
    rows = list(marked)
    confirmed = sum(is_confirmed for _arrived, _seen, is_confirmed in rows)
    missed = FlagMiss.objects.filter(week__range=(period.first_day, period.last_day)).count()
    labels = ("Marked to be read first", "Of these: with the clinician", "Missed by the word list")
    counts = [told(len(rows)), told(confirmed), in_fives(missed)]
    buckets = [Bucket(label, count) for label, count in zip(labels, counts, strict=True)]
    minutes = Counter((seen - arrived) // MINUTE for arrived, seen, _is_confirmed in rows if seen)
    median = nearest_rank(minutes, 50) if is_enough_for_a_time(minutes.total(), told) else None
    weeks = sum(monday >= period.first_day for monday in period.mondays)
    return ReadFirst(buckets if any(counts) else [], median, weeks)


def table(figure, before):
    """Return the counts as a table."""
    rows = tuple(
        (now.label, now.count, then.count, in_requests(now.count, then.count))
        for now, then in side_by_side(figure.buckets, before.buckets)
    )
    medians = (figure.median, before.median)
    median = (
        () if medians == (None, None) else (compared("Median minutes until opened", *medians, in_minutes),)
    )
    return Table(
        "Requests to be read first",
        "What the word list or a person put first, how much of it was handed to the clinician, what the list "
        f"missed in the weeks that began in these days ({figure.weeks} here, {before.weeks} before; always "
        "in fives, since nothing may lead to whom it missed), and how many minutes it took until one was "
        "opened.",
        ("What", "Number", *COMPARED),
        (*rows, *median),
    )


def _has(condition):
    return Exists(TimelineEvent.objects.filter(condition, consult=OuterRef("pk")))


def _plans():
    """Return the events of a plan with the clinician, by request, where one was not taken back."""
    sign = Case(When(action=TimelineAction.UNDO, then=-1), default=1)
    of_one = TimelineEvent.objects.filter(PLANNED, consult=OuterRef("pk")).order_by().values("consult")
    return of_one.annotate(made=Sum(sign)).filter(made__gt=0)
