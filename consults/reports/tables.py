"""The figures as tables: what the page shows below a picture and a file holds."""

from dataclasses import dataclass
from datetime import date, time

from django.conf import settings
from django.utils.formats import date_format

from clinic.core.opening_hours import format_time

from .comparing import NO_FIGURE, in_minutes, in_points, in_requests
from .figures import Bucket

# The two columns that hold the days before beside these.
COMPARED = ("Before", "Difference")
WEEKDAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Table:
    """Numbers and words. ``says`` tells in a line what is counted; the first cell of a row is its head.

    ``days`` are the first and the last one that are counted, where they aren't those of the period.
    """

    title: str
    says: str
    columns: tuple[str, ...]
    rows: tuple[tuple, ...]
    days: tuple[date, date] | None = None

    def for_page(self):
        """Return the rows with dates as staff read them."""
        return [[_in_words(cell) for cell in row] for row in self.rows]

    def for_file(self):
        """Return heading and rows, dates by ISO; what has no figure is empty."""
        return [["" if cell == NO_FIGURE else cell for cell in row] for row in (self.columns, *self.rows)]


def funnel(steps, before):
    """Return the funnel as a table."""
    return Table(
        "From request to record",
        "Requests that arrived in these days, by how far they ever came. Booked: a consultation was agreed "
        "at some time, also where it fell through since. Each step holds those that went further.",
        ("Step", "Requests", "Of the step before", *COMPARED),
        tuple(
            (
                now.label,
                now.count,
                in_percent(now.share) if n else "",
                then.count,
                in_requests(now.count, then.count),
            )
            for n, (now, then) in enumerate(zip(steps, before, strict=True))
        ),
    )


def apart(steps, before):
    """Return the website apart from phone and desk as a table."""
    rows = zip(steps, before, strict=True)
    return Table(
        "The website apart from phone and desk",
        "The same steps: of requests that people sent through the website, and of those that a colleague "
        "took down by phone or at the desk.",
        ("Step", "Website", *COMPARED, "Phone or desk", *COMPARED),
        tuple(
            (
                now.label,
                *(now.web, then.web, in_requests(now.web, then.web)),
                *(now.entered, then.entered, in_requests(now.entered, then.entered)),
            )
            for now, then in rows
        ),
    )


def clocks(now, before):
    """Return the two clocks as a table; times in opening minutes."""
    target = settings.CONSULTS_ATTEMPT_MINUTES
    return Table(
        "How quickly people were answered",
        "Minutes of opening, of all requests through the website that arrived in these days: until the first "
        "attempt to reach the sender, and until somebody spoke with them. Median: half took no longer. 90th "
        f"percentile: nine of ten took no longer. The target for the first attempt is {target} minutes.",
        ("What", "These days", *COMPARED),
        (
            compared("Tried", now.attempt.number, before.attempt.number, in_requests),
            *_times("the first attempt", now.attempt, before.attempt),
            (
                f"Tried within {target} min",
                in_percent(now.attempt.in_time),
                in_percent(before.attempt.in_time),
                in_points(now.attempt.in_time, before.attempt.in_time),
            ),
            compared("Spoken with", now.reach.number, before.reach.number, in_requests),
            *_times("they spoke", now.reach, before.reach),
        ),
    )


def _times(until, now, before):
    yield compared(f"Median until {until}", now.median, before.median, in_minutes)
    yield compared(f"90th percentile until {until}", now.ninetieth, before.ninetieth, in_minutes)


def compared(label, now, before, in_words):
    """Return a row of one number and the one before it; None is one that isn't told."""
    return label, _or_dash(now), _or_dash(before), in_words(now, before)


def first_attempts(weeks):
    """Return the weeks as a table; times in opening minutes."""
    target = settings.CONSULTS_ATTEMPT_MINUTES
    return Table(
        "Time to the first attempt",
        "Minutes of opening from a request through the website to the first attempt to reach its sender, by "
        "the week in which it arrived. Who calls or comes in is answered at once and isn’t counted here, so "
        f"these are fewer than were attempted above. The target is {target} minutes. Untried: still open, "
        "and no attempt noted.",
        ("Week of", "Tried", "Median", "90th percentile", f"Within {target} min", "Untried"),
        tuple(
            (
                week.monday,
                week.attempted,
                _or_dash(week.median),
                _or_dash(week.ninetieth),
                in_percent(week.in_time),
                week.untried,
            )
            for week in weeks
        ),
    )


def arrivals(hours):
    """Return arrivals by hour and weekday as a table."""
    return Table(
        "When requests arrive",
        "Requests that aren't spam, by the weekday and hour of their arrival on the clinic's clock.",
        ("Hour from", *WEEKDAY_NAMES),
        tuple((format_time(time(hour.hour)), *hour.counts) for hour in hours),
    )


def sources(title, says, buckets, before, *, head="Source"):
    """Return a breakdown as a table."""
    rows = tuple(
        (now.label, now.count, now.booked, then.count, in_requests(now.count, then.count))
        for now, then in side_by_side(buckets, before)
    )
    return Table(title, says, (head, "Requests", "Booked", *COMPARED), rows)


def side_by_side(buckets, before):
    """Return the buckets of both periods in pairs; one in which nothing arrived counts nought."""
    now, then = ({bucket.label: bucket for bucket in each} for each in (buckets, before))
    return [(now.get(label, Bucket(label, 0)), then.get(label, Bucket(label, 0))) for label in now | then]


def treatments(figure):
    """Return the treatments as a table."""
    first = date_format(figure.first_day, "MONTH_DAY_FORMAT")
    last = date_format(figure.last_day, "SHORT_DATE_FORMAT")
    rows = tuple((bucket.label, bucket.count, bucket.booked) for bucket in figure.buckets)
    return Table(
        "Treatments",
        f"What people asked about who wrote from {first} to {last}: weeks of which the contents are removed, "
        "so no request is opened for a figure. Always in fives, since nobody may learn of these people any "
        "more. Booked: a consultation was agreed at some time. Not counted, since they are open, kept or "
        f"wait to be counted: {figure.missing}.",
        ("Asked about", "Requests", "Booked"),
        rows,
        days=(figure.first_day, figure.last_day),
    )


def lost_reasons(buckets, before):
    """Return the reasons as a table."""
    return Table(
        "Why requests were closed",
        "Requests that arrived in these days and stand closed today, by the reason that was chosen.",
        ("Reason", "Requests", *COMPARED),
        tuple(
            (now.label, now.count, then.count, in_requests(now.count, then.count))
            for now, then in side_by_side(buckets, before)
        ),
    )


def appointments(buckets, before):
    """Return what became of appointments as a table."""
    return Table(
        "Appointments",
        "Appointments whose time lies in these days, by what became of them. Whoever moved one counts with "
        "both times; planned are those of which nobody has said yet what became of them.",
        ("What became of it", "Appointments", *COMPARED),
        tuple(
            (now.label, now.count, then.count, in_requests(now.count, then.count))
            for now, then in side_by_side(buckets, before)
        ),
    )


def in_percent(share):
    """Return a share in words, or a dash where it isn't told."""
    return NO_FIGURE if share is None else f"{share}%"


def _in_words(cell):
    return date_format(cell, "SHORT_DATE_FORMAT") if isinstance(cell, date) else cell


def _or_dash(number):
    return NO_FIGURE if number is None else number
