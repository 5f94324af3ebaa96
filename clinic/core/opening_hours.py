"""Opening hours as arithmetic: pure functions over a weekly plan and its exceptions.

All times of a plan are wall-clock times in the plan's zone, so daylight saving needs no care
by the caller. Weekdays count from Monday = 0, as in ``datetime``. The words are those of the active
language.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext

WEEKDAY_NAMES = tuple(WEEKDAYS.values())

NO_BREAK = "\xa0"

# How far ahead the next opening is looked for, in days: longer closures have no known end.
HORIZON = 60


@dataclass(frozen=True)
class Period:
    """A stretch of opening within one day."""

    opens: time
    closes: time

    def __str__(self):
        return f"{format_time(self.opens)} – {format_time(self.closes)}"


@dataclass(frozen=True)
class Exceptional:
    """Days that differ from the weekly plan; no periods means closed."""

    first_day: date
    last_day: date
    periods: tuple[Period, ...] = ()
    reason: str = ""

    def covers(self, day):
        """Whether the exception holds on ``day``."""
        return self.first_day <= day <= self.last_day

    @property
    def precedence(self):
        """What decides between exceptions of one day, the lowest first: fewer days, then the later start.

        Of the same days the one that is closed, or closes first, so that nobody comes in vain.
        """
        periods = [(period.closes, period.opens) for period in self.periods]
        return (self.last_day - self.first_day, -self.first_day.toordinal(), periods, self.reason)


@dataclass(frozen=True)
class Schedule:
    """A weekly plan with exceptions, in one time zone."""

    zone: str = "UTC"
    week: dict[int, tuple[Period, ...]] = field(default_factory=dict)
    exceptions: tuple[Exceptional, ...] = ()

    def __bool__(self):
        return bool(self.week)

    def exception_on(self, day):
        """Return the exception that holds on ``day``, or None; of several the narrowest one."""
        covering = (e for e in self.exceptions if e.covers(day))
        return min(covering, key=lambda e: e.precedence, default=None)

    def periods_on(self, day):
        """Return the periods of ``day`` in order; an empty tuple means closed."""
        special = self.exception_on(day)
        return special.periods if special else self.week.get(day.weekday(), ())

    def local(self, at):
        """Return the aware moment ``at`` in the plan's zone."""
        return at.astimezone(ZoneInfo(self.zone))

    def is_open(self, at):
        """Whether somebody is there at the aware moment ``at``."""
        local = self.local(at)
        clock = local.time()
        return any(p.opens <= clock < p.closes for p in self.periods_on(local.date()))

    def next_opening(self, at):
        """Return the aware moment of the next opening after ``at``, or None within the horizon."""
        local = self.local(at)
        for days in range(HORIZON + 1):
            day = local.date() + timedelta(days=days)
            for period in self.periods_on(day):
                moment = datetime.combine(day, period.opens, tzinfo=local.tzinfo)
                if moment > local:
                    return moment
        return None

    def upcoming_exceptions(self, day):
        """Return the exceptions that hold on ``day`` or later, in order, each once.

        One that gives way to narrower ones on every day it has left isn't among them.
        """
        # Between these days nothing changes about which one holds.
        turns = {day} | {e.first_day for e in self.exceptions}
        turns |= {e.last_day + timedelta(days=1) for e in self.exceptions}
        holding = {self.exception_on(turn) for turn in turns if turn >= day} - {None}
        return sorted(holding, key=lambda e: (e.first_day, e.precedence))


def merged(periods):
    """Return periods of one day in order, those that overlap made one, so that no minute counts twice."""
    whole = []
    for period in sorted(periods, key=lambda p: (p.opens, p.closes)):
        if whole and period.opens <= whole[-1].closes:
            last = whole.pop()
            period = Period(last.opens, max(last.closes, period.closes))
        whole.append(period)
    return tuple(whole)


def format_time(clock):
    """Return a time as read in the United States: 9:00 am, 12:30 pm, noon as 12:00 pm, on one line."""
    half = pgettext("hours", "am") if clock.hour < 12 else pgettext("hours", "pm")
    return f"{clock.hour % 12 or 12}:{clock.minute:02} {half}".replace(" ", NO_BREAK)


def describe_periods(periods):
    """Return periods in words, or "Closed"."""
    return ", ".join(map(str, periods)) or gettext("Closed")


def describe_today(schedule, at):
    """Return a sentence on the hours of the day of ``at``; empty when no hours are known."""
    if not schedule:
        return ""
    day = schedule.local(at).date()
    periods = schedule.periods_on(day)
    hours = {"hours": describe_periods(periods)}
    text = gettext("Open today %(hours)s") % hours if periods else gettext("Closed today")
    special = schedule.exception_on(day)
    return f"{text} ({special.reason})" if special and special.reason else text


def describe_week(schedule):
    """Return pairs of weekday name and its usual hours in words."""
    return [
        (capfirst(name), describe_periods(schedule.week.get(number, ()))) for number, name in WEEKDAYS.items()
    ]


def describe_next_opening(schedule, at):
    """Return when the clinic opens next, such as "tomorrow at 9:00 am"; empty when unknown."""
    moment = schedule.next_opening(at)
    if moment is None:
        return ""
    days = (moment.date() - schedule.local(at).date()).days
    return f"{_describe_day(moment, days)} {describe_clock(moment)}"


def _describe_day(moment, days):
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if days < 7:
        return gettext("on %(weekday)s") % {"weekday": WEEKDAYS[moment.weekday()]}
    return gettext("on %(month)s %(day)d") % {"month": MONTHS[moment.month], "day": moment.day}


def describe_clock(moment):
    """Return the time of a moment with its preposition, such as "at 9:00 am"."""
    # By the number of the hour: in Spanish one o'clock has another article than the rest.
    return ngettext("at %(time)s", "at %(time)s", moment.hour % 12 or 12) % {
        "time": format_time(moment.time())
    }


def opening_minutes(schedule, start, end):
    """Return the whole minutes between two aware moments during which the clinic is open.

    Counts every minute where no hours are known at all. An end before the start gives 0.
    """
    return whole_minutes(open_stretches(schedule, start, end))


def open_stretches(schedule, start, end):
    """Yield when the clinic is open between two aware moments, as pairs of moments in UTC.

    All of the time where no hours are known at all.
    """
    # In UTC: between moments of one zone Python reckons by the wall, also while the clocks change.
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if any(schedule.week.values()):
        first, last = schedule.local(start).date(), schedule.local(end).date()
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        stretches = (stretch for day in days for stretch in _stretches(schedule, day))
    else:
        stretches = [(start, end)]
    for opens, closes in stretches:
        if (opens := max(opens, start)) < (closes := min(closes, end)):
            yield opens, closes


def whole_minutes(stretches):
    """Return the whole minutes of stretches that don't overlap."""
    return sum((closes - opens for opens, closes in stretches), timedelta()) // timedelta(minutes=1)


def after_opening_minutes(schedule, start, minutes):
    """Return the first aware moment at which the clinic has been open for so many minutes since ``start``.

    It is open at that moment too: what ends with closing time comes up when it opens again.
    Without known hours, or where no opening is in sight, every minute counts.
    """
    begins, left = start.astimezone(UTC), timedelta(minutes=minutes)
    if any(schedule.week.values()):
        first = schedule.local(begins).date()
        for days in range(HORIZON + 1):
            for opens, closes in _stretches(schedule, first + timedelta(days=days)):
                since = max(opens, begins)
                if since + left < closes:
                    return since + left
                left -= max(closes - since, timedelta())
    return begins + timedelta(minutes=minutes)


def _stretches(schedule, day):
    """Return when the clinic opens and closes on ``day``, as pairs of moments in UTC."""
    zone = ZoneInfo(schedule.zone)
    return [
        tuple(datetime.combine(day, clock, tzinfo=zone).astimezone(UTC) for clock in (p.opens, p.closes))
        for p in schedule.periods_on(day)
    ]
