"""The figures, each one query on clear columns.

``told`` says how a count is told (``rounding``). Every count passes it here, before anything is made of it.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Count, DateField, Exists, OuterRef, Q, Sum
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncWeek

from clinic.core.facts import read_facts
from consults.enums import AppointmentState, Channel, ClosedReason, Status, Topic
from consults.models import Appointment, ConsultRequest, FunnelCount, TimelineEvent

from .percentiles import nearest_rank
from .rounding import in_fives, is_enough_for_a_time, percentage

REAL = ~Q(status__in=[Status.QUARANTINE, Status.SPAM])
# Each step holds those that went further, also where somebody forgot to note a step between.
ON_RECORD = REAL & Q(status=Status.CONVERTED)
# Whoever was booked once counts, whatever became of it since: the status of today would forget them.
WAS_BOOKED = Exists(TimelineEvent.objects.filter(consult=OuterRef("pk")).bookings())
BOOKED = ON_RECORD | (REAL & Q(Q(status=Status.BOOKED) | Q(WAS_BOOKED)))
REACHED = BOOKED | Q(status=Status.REACHED) | (REAL & Q(reached_at__isnull=False))
ATTEMPTED = REACHED | (REAL & Q(first_attempt_at__isnull=False))
FUNNEL = {
    "Arrived": Q(),
    "Not spam": REAL,
    "Attempted": ATTEMPTED,
    "Reached": REACHED,
    "Booked": BOOKED,
    "On record": ON_RECORD,
}
WEB = Q(channel=Channel.WEB)
UNTRIED = Q(status__in=[Status.NEW, Status.WORKING], first_attempt_at=None)
WEEKDAYS = range(1, 8)
# Days until nearly every request has ended, and its contents can begin to grow old.
UNTIL_ENDED = 14
# Names are unique, so they are counted by and shown.
COLLEAGUE = "assignee__username"
# A place that is no more, or a code of another release.
GONE = "No longer known"


@dataclass(frozen=True)
class Step:
    """A step of the funnel: how many came so far, and the percentage of the step before or None."""

    label: str
    count: int
    share: int | None


@dataclass(frozen=True)
class Apart:
    """A step of the funnel: how many came so far of what came through the website, and of the rest."""

    label: str
    web: int
    entered: int


@dataclass(frozen=True)
class Clock:
    """How many a clock was stopped for, and its opening minutes since arrival; None where too few."""

    number: int
    median: int | None
    ninetieth: int | None
    in_time: int | None  # percent


@dataclass(frozen=True)
class Clocks:
    """The two clocks of requests through the website: until the first attempt, and until they spoke."""

    attempt: Clock
    reach: Clock


@dataclass(frozen=True)
class Week:
    """An ISO week of arrivals. Times in opening minutes until the first attempt, None where too few."""

    monday: date
    attempted: int
    median: int | None
    ninetieth: int | None
    in_time: int | None  # percent
    untried: int


@dataclass(frozen=True)
class Bucket:
    """A row of a breakdown."""

    label: str
    count: int
    booked: int = 0


@dataclass(frozen=True)
class Treatments:
    """What people asked about who wrote between two days, and how many of them aren't counted (yet)."""

    buckets: list[Bucket]
    first_day: date
    last_day: date
    missing: int


@dataclass(frozen=True)
class Hour:
    """An hour of the day, and how many arrived in it from Monday to Sunday."""

    hour: int
    counts: tuple[int, ...]


def funnel(period, told):
    """Return the steps from arrival to the clinic's record."""
    counts = _arrived(period).aggregate(
        **{f"step{n}": Count("pk", filter=step) for n, step in enumerate(FUNNEL.values())}
    )
    numbers = [told(counts[f"step{n}"]) for n in range(len(FUNNEL))]
    shares = [None, *(percentage(now, before) for before, now in zip(numbers, numbers[1:], strict=False))]
    return [Step(*step) for step in zip(FUNNEL, numbers, shares, strict=True)]


def apart(period, told):
    """Return the steps of the funnel, the website apart from what colleagues took down."""
    counts = _arrived(period).aggregate(
        **{f"web{n}": Count("pk", filter=step & WEB) for n, step in enumerate(FUNNEL.values())},
        **{f"entered{n}": Count("pk", filter=step & ~WEB) for n, step in enumerate(FUNNEL.values())},
    )
    return [
        Apart(label, told(counts[f"web{n}"]), told(counts[f"entered{n}"])) for n, label in enumerate(FUNNEL)
    ]


def clocks(period, told):
    """Return both clocks over the whole period; only of the website, like ``first_attempts``."""
    rows = real(period).filter(WEB).values_list("attempt_minutes", "reach_minutes")
    attempts, reaches = Counter(), Counter()
    for attempt, reach, number in rows.annotate(number=Count("pk")).order_by():
        attempts[attempt] += number
        reaches[reach] += number
    return Clocks(_clock(attempts, told), _clock(reaches, told))


def first_attempts(period, told):
    """Return the weeks of the period, also those without a request.

    Only of what came through the website: who calls or comes in speaks with somebody at once.
    """
    rows = (
        real(period)
        .filter(WEB)
        .annotate(monday=TruncWeek("created_at", tzinfo=period.zone, output_field=DateField()))
        .values_list("monday", "attempt_minutes")
        .annotate(number=Count("pk"), untried=Count("pk", filter=UNTRIED))
        .order_by()
    )
    minutes, untried = defaultdict(Counter), Counter()
    for monday, taken, number, without_attempt in rows:
        untried[monday] += without_attempt
        if taken is not None:
            minutes[monday][taken] += number
    return [
        Week(
            monday,
            told(minutes[monday].total()),
            *_times(minutes[monday], told),
            told(untried[monday]),
        )
        for monday in period.mondays
    ]


def arrivals(period, told):
    """Return the hours of the clinic's clock, from the first to the last of which anything is told."""
    rows = (
        real(period)
        .annotate(
            hour=ExtractHour("created_at", tzinfo=period.zone),
            weekday=ExtractIsoWeekDay("created_at", tzinfo=period.zone),
        )
        .values_list("hour", "weekday")
        .annotate(number=Count("pk"))
        .order_by()
    )
    counts = {(hour, weekday): told(number) for hour, weekday, number in rows}
    hours = [hour for (hour, _weekday), number in counts.items() if number]
    return [
        Hour(hour, tuple(counts.get((hour, day), 0) for day in WEEKDAYS))
        for hour in (range(min(hours), max(hours) + 1) if hours else ())
    ]


def sources(period, told, *, column):
    """Return the buckets of ``column`` of which anything is told, the largest first."""
    label_of = _labeller(column)
    rows = (
        real(period)
        .values_list(column)
        .annotate(number=Count("pk"), booked=Count("pk", filter=BOOKED))
        .order_by()
    )
    sums = {}
    for value, *counts in rows:
        label = label_of(value)
        # Several codes that are no longer known are one row.
        sums[label] = [a + b for a, b in zip(sums.get(label, (0, 0)), counts, strict=True)]
    return _largest_first(Bucket(label, *map(told, counts)) for label, counts in sums.items())


def lost_reasons(period, told):
    """Return the reasons for which requests stand closed, the most frequent first."""
    rows = (
        real(period)
        .filter(status=Status.CLOSED)
        .values_list("closed_reason")
        .annotate(number=Count("pk"))
        .order_by()
    )
    return _largest_first(Bucket(str(ClosedReason(reason).label), told(number)) for reason, number in rows)


def appointments(period, told):
    """Return what became of the appointments that start in the period; what was corrected counts once."""
    agreed = Appointment.objects.filter(consult__in=_of_people().filter(REAL))
    counts = agreed.between(period.starts_at, period.ends_at).counts_by_state()
    states = [state for state in AppointmentState if state != AppointmentState.CORRECTED and state in counts]
    return _present(Bucket(state.label, told(counts[state])) for state in states)


def treatments(period):
    """Return what people asked about, from the counts of removed contents alone.

    Of as many weeks as the period has, but so long ago that all are removed, however they ended: contents
    of whoever became a patient go first, and newer weeks would hold hardly anybody else. Nobody can open
    these requests any more, so everybody is told them in fives.
    """
    weeks = _weeks_removed(period)
    rows = (
        FunnelCount.objects.filter(week__in=weeks)
        .values_list("treatment")
        .annotate(total=Sum("number"), booked=Sum("number", filter=Q(is_booked=True), default=0))
        .order_by()
    )
    labels = dict(Topic.choices) | {"": "Left open", "unknown": "Not known"}
    buckets = _largest_first(
        Bucket(str(labels.get(value, value)), *map(in_fives, counts)) for value, *counts in rows
    )
    missing = _number_of(weeks, period.zone) - sum(total for _value, total, _booked in rows)
    return Treatments(buckets, weeks[0], weeks[-1] + timedelta(days=6), in_fives(max(missing, 0)))


def _weeks_removed(period):
    """Return the Mondays of the latest weeks of which every ordinary keeping time is over."""
    kept = max(settings.CONSULTS_KEEP_CLOSED_DAYS, settings.CONSULTS_KEEP_CONVERTED_DAYS)
    latest = period.last_day - timedelta(days=kept + UNTIL_ENDED)
    last = latest - timedelta(days=latest.weekday() + 7)
    return [last - timedelta(days=7 * n) for n in reversed(range(len(period.mondays)))]


def _number_of(weeks, zone):
    """Return how many people wrote in these weeks, whatever became of it."""
    starts, ends = (
        datetime.combine(day, time.min, tzinfo=zone) for day in (weeks[0], weeks[-1] + timedelta(days=7))
    )
    return _of_people().filter(REAL, created_at__gte=starts, created_at__lt=ends).count()


def _of_people():
    """Return what people sent; neither the site's own test requests nor those of the staff."""
    return ConsultRequest.objects.from_people().exclude(closed_reason=ClosedReason.TEST)


def _arrived(period):
    return _of_people().filter(created_at__gte=period.starts_at, created_at__lt=period.ends_at)


def real(period):
    """Return what people sent in a period, without spam and what looks like it."""
    return _arrived(period).filter(REAL)


def _clock(minutes, told):
    minutes.pop(None, None)
    return Clock(told(minutes.total()), *_times(minutes, told))


def _times(minutes, told):
    """Return median, 90th percentile and the percentage in time, of ``{opening minutes: how often}``."""
    if not is_enough_for_a_time(minutes.total(), told):
        return None, None, None
    in_time = sum(n for taken, n in minutes.items() if taken <= settings.CONSULTS_ATTEMPT_MINUTES)
    return (
        nearest_rank(minutes, 50),
        nearest_rank(minutes, 90),
        percentage(told(in_time), told(minutes.total())),
    )


def _labeller(column):
    """Return what turns a value of a column into words."""
    if column == COLLEAGUE:
        return lambda name: name or "Nobody yet"
    labels = _labels(column)
    return lambda value: str(labels.get(value, GONE))


def _labels(column):
    if column == "location":
        return {**dict(read_facts().choice_of_locations), "": "Any of them"}
    return dict(ConsultRequest._meta.get_field(column).flatchoices) | {"": _unsaid(column)}


def _unsaid(column):
    return {"heard_from": "Not said", "campaign": "No campaign", "way": "Not known"}.get(column, "")


def _largest_first(buckets):
    """Return what is left of buckets in the order of their told numbers, those of one size by their words."""
    return sorted(_present(buckets), key=lambda bucket: (-bucket.count, bucket.label))


def _present(buckets):
    """Return the buckets without those told as none: that one is there would tell of somebody."""
    return [bucket for bucket in buckets if bucket.count]
