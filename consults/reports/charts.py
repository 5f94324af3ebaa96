"""Where the parts of each picture lie. The templates draw them, so nothing has to be escaped here.

Across, places are percentages of the width, so that text keeps its size on a telephone; down, pixels.
"""

from dataclasses import dataclass

from django.utils.formats import date_format

from .rounding import SMALLEST_COUNT
from .tables import WEEKDAY_NAMES

# Bars: a line of words, and the bar below it. The rest of the width is for the number.
BAR_ROW, LONGEST_BAR = 46, 72
# Weeks: the field between the words above and the dates below.
TOP, BOTTOM, WEEKS_HEIGHT = 44, 212, 254
LEFT, RIGHT = 8, 95
# Dates below the weeks; of more weeks than numbers have room for, the dots stand alone.
MOST_DATES, MOST_NUMBERED = 7, 14
HEAT_LEFT, HEAT_TOP, HEAT_ROW = 16, 24, 26
HEAT_LEVELS = 3


@dataclass(frozen=True)
class Bar:
    """One bar: what it stands for, its number in words, its place and length."""

    label: str
    value: str
    top: int
    width: float

    @property
    def middle(self):
        """Where the number's line of text lies."""
        return self.top + 33


@dataclass(frozen=True)
class Bars:
    """A chart of horizontal bars that begin at nought."""

    bars: list[Bar]
    height: int


@dataclass(frozen=True)
class Dot:
    """A value at its place; ``value`` says it, with an arrow where it lies beyond the scale."""

    x: float
    y: int
    value: str
    is_beyond: bool


@dataclass(frozen=True)
class Weeks:
    """Medians joined by lines, 90th percentiles above them, and the target."""

    medians: list[Dot]
    ninetieths: list[Dot]
    lines: list[tuple[Dot, Dot]]  # from median to median of neighbouring weeks
    spans: list[tuple[Dot, Dot]]  # from median to 90th percentile
    dates: list[tuple[float, str]]
    target: int
    target_y: int
    has_numbers: bool
    height: int = WEEKS_HEIGHT
    bottom: int = BOTTOM


@dataclass(frozen=True)
class Square:
    """A square of the heat map; ``level`` runs from 0 (none) to 3."""

    x: float
    y: int
    level: int
    value: str
    middle: float  # across


@dataclass(frozen=True)
class HeatMap:
    """Hours down, weekdays across."""

    days: list[tuple[float, str]]
    hours: list[tuple[int, str]]
    squares: list[Square]
    height: int
    width: float  # of a square


def bars(rows):
    """Return bars for rows of label, number and what is added in words."""
    longest = max([SMALLEST_COUNT, *(number for _label, number, _more in rows)])
    return Bars(
        [
            Bar(label, _with(number, more), n * BAR_ROW, round(LONGEST_BAR * number / longest, 2))
            for n, (label, number, more) in enumerate(rows)
        ],
        len(rows) * BAR_ROW,
    )


def funnel_bars(steps):
    """Return the funnel's bars."""
    return bars([(step.label, step.count, _of_before(step)) for step in steps])


def bucket_bars(buckets):
    """Return the bars of a breakdown."""
    return bars([(bucket.label, bucket.count, "") for bucket in buckets])


def week_dots(weeks, target):
    """Return the chart of the weeks; times and target in opening minutes."""
    step = (RIGHT - LEFT) / max(len(weeks) - 1, 1)
    highest = max([week.ninetieth for week in weeks if week.ninetieth is not None], default=0)
    # A single forgotten request would press all others flat.
    scale = max(2 * target, min(highest, 4 * target), 1)
    places = [(round(LEFT + n * step, 2), week) for n, week in enumerate(weeks)]
    medians = {n: _dot(x, w.median, scale) for n, (x, w) in enumerate(places) if w.median is not None}
    highs = {n: _dot(x, w.ninetieth, scale) for n, (x, w) in enumerate(places) if w.ninetieth is not None}
    every = -(-len(weeks) // MOST_DATES)
    return Weeks(
        medians=list(medians.values()),
        ninetieths=list(highs.values()),
        lines=[(medians[n], medians[n + 1]) for n in medians if n + 1 in medians],
        spans=[(medians[n], highs[n]) for n in medians],
        dates=[(x, date_format(week.monday, "MONTH_DAY_FORMAT")) for x, week in places[::every]],
        target=target,
        target_y=_height(target, scale),
        has_numbers=len(weeks) <= MOST_NUMBERED,
    )


def heat_map(hours):
    """Return the heat map of arrivals."""
    across = (100 - HEAT_LEFT) / len(WEEKDAY_NAMES)
    width = round(across - 0.5, 2)
    lefts = [round(HEAT_LEFT + day * across, 2) for day in range(len(WEEKDAY_NAMES))]
    most = max((number for hour in hours for number in hour.counts), default=0)
    tops = [HEAT_TOP + n * HEAT_ROW for n in range(len(hours))]
    return HeatMap(
        days=[(_middle(left, width), name) for left, name in zip(lefts, WEEKDAY_NAMES, strict=True)],
        hours=[(top, _hour(hour.hour)) for top, hour in zip(tops, hours, strict=True)],
        squares=[
            Square(left, top, _level(count, most), str(count or ""), _middle(left, width))
            for top, hour in zip(tops, hours, strict=True)
            for left, count in zip(lefts, hour.counts, strict=True)
        ],
        height=HEAT_TOP + len(hours) * HEAT_ROW,
        width=width,
    )


def _with(number, more):
    return f"{number} · {more}" if more else str(number)


def _of_before(step):
    return "" if step.share is None else f"{step.share}%"


def _dot(x, minutes, scale):
    is_beyond = minutes > scale
    return Dot(
        x, _height(min(minutes, scale), scale), f"{minutes} ↑" if is_beyond else str(minutes), is_beyond
    )


def _height(minutes, scale):
    return round(BOTTOM - (BOTTOM - TOP) * minutes / scale)


def _level(count, most):
    # The largest is the darkest; whatever is there at all is darker than nothing.
    return -(-HEAT_LEVELS * count // most) if count else 0


def _middle(left, width):
    return round(left + width / 2, 2)


def _hour(hour):
    return f"{hour % 12 or 12} {'am' if hour < 12 else 'pm'}"
