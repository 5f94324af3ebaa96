"""When to try again: in the clinic's hours, and at a time that suits the person, by their own clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinic.core.opening_hours import open_stretches, opening_minutes, whole_minutes
from consults.enums import CallWindow

# Hours of the day by the person's clock, as the form says them.
HOURS = ((8, 12), (12, 14), (14, 17), (17, 20))
WEEKDAY = (
    CallWindow.WEEKDAY_MORNING,
    CallWindow.WEEKDAY_MIDDAY,
    CallWindow.WEEKDAY_AFTERNOON,
    CallWindow.WEEKDAY_EVENING,
)
WEEKEND = (
    CallWindow.WEEKEND_MORNING,
    CallWindow.WEEKEND_MIDDAY,
    CallWindow.WEEKEND_AFTERNOON,
    CallWindow.WEEKEND_EVENING,
)
STEP = timedelta(minutes=15)
# Further ahead nothing is planned: then the wish gives way to the clinic's hours.
HORIZON = timedelta(days=8)
A_DAY = timedelta(hours=20)


def window_at(moment: datetime, zone: str) -> CallWindow | None:
    """Return the window that an aware moment lies in by the clocks of ``zone``; None at night."""
    local = moment.astimezone(ZoneInfo(zone))
    windows = WEEKEND if local.weekday() >= 5 else WEEKDAY
    return next(
        (w for w, (begin, end) in zip(windows, HOURS, strict=True) if begin <= local.hour < end), None
    )


def suits(best_times: int, moment: datetime, zone: str) -> bool:
    """Whether somebody can be called at an aware moment; no wish (0) means any time but the night."""
    window = window_at(moment, zone)
    return window is not None and (not best_times or bool(best_times & window))


def next_suitable(schedule, after, *, best_times, zone, avoid=None):
    """Return the first moment from ``after`` on at which the clinic is open and the person can be called.

    ``avoid`` is a window that gives way to another one within a day. Where no moment suits both, the
    clinic's next opening counts, and without known hours ``after`` itself.
    """

    def first_within(horizon, but=None):
        for moment in _moments(after, horizon):
            is_open = schedule.is_open(moment) if schedule else True
            if is_open and suits(best_times, moment, zone) and window_at(moment, zone) != but:
                return moment
        return None

    found = first_within(HORIZON)
    if found and avoid and window_at(found, zone) == avoid:
        return first_within(found + A_DAY - after, but=avoid) or found
    return found or (schedule.next_opening(after) if schedule else None) or after


def callable_minutes(schedule, start, end, *, best_times, zone):
    """Return the whole minutes between two aware moments in which somebody could be called.

    The clinic is open in them, and the wish and the clock of the person allow it. A wish that meets no hours
    within the horizon gives way as in ``next_suitable``, and so does the night.
    """
    for wish in dict.fromkeys((best_times, 0)):

        def within(end, wish=wish):
            return whole_minutes(callable_stretches(schedule, start, end, wish, ZoneInfo(zone)))

        if (minutes := within(end)) or within(start + HORIZON):
            return minutes
    return opening_minutes(schedule, start, end)


def callable_stretches(schedule, start, end, best_times, zone):
    """Yield the parts of the clinic's hours that lie in a window of the person."""
    for opens, closes in open_stretches(schedule, start, end):
        day = opens.astimezone(zone).date()
        while day <= closes.astimezone(zone).date():
            for begins, ends in _windows_of(day, best_times, zone):
                if (first := max(opens, begins)) < (last := min(closes, ends)):
                    yield first, last
            day += timedelta(days=1)


def _windows_of(day, best_times, zone):
    """Return when somebody can be called on a day by their clock, as pairs of moments in UTC."""
    windows = WEEKEND if day.weekday() >= 5 else WEEKDAY
    return [
        tuple(datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC) for hour in hours)
        for window, hours in zip(windows, HOURS, strict=True)
        if not best_times or best_times & window
    ]


def _moments(after, horizon):
    """Return the quarters of an hour from ``after`` on."""
    second = int(after.timestamp())
    moment = after.replace(microsecond=0) + timedelta(seconds=-second % STEP.total_seconds())
    while moment < after + horizon:
        yield moment
        moment += STEP
