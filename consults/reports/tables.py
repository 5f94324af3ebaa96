"""The figures as tables: what the page shows below a picture and a file holds."""

from dataclasses import dataclass, replace
from datetime import date, time

from django.conf import settings
from django.utils.formats import date_format

from clinic.core.opening_hours import format_time

from .masking import FEW, HIDDEN, is_few

NO_FIGURE = "–"
SHORT = {FEW: "<5", HIDDEN: "–"}
WEEKDAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Table:
    """Numbers and words. ``says`` tells in a line what is counted; the first cell of a row is its head."""

    title: str
    says: str
    columns: tuple[str, ...]
    rows: tuple[tuple, ...]

    def for_page(self):
        """Return the rows with dates as staff read them."""
        return [[_in_words(cell) for cell in row] for row in self.rows]

    def for_file(self):
        """Return heading and rows, masked as they came, dates by ISO; what has no figure is empty."""
        return [["" if cell == NO_FIGURE else cell for cell in row] for row in (self.columns, *self.rows)]


def funnel(steps):
    """Return the funnel as a table."""
    return Table(
        "From request to record",
        "Requests that arrived in these days, by how far they ever came. Booked: a consultation was agreed "
        "at some time, also where it fell through since. Each step holds those that went further.",
        ("Step", "Requests", "Of the step before"),
        tuple((step.label, step.count, in_percent(step.share) if n else "") for n, step in enumerate(steps)),
    )


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


def sources(title, says, buckets):
    """Return the sources as a table."""
    rows = tuple((bucket.label, bucket.count, bucket.booked) for bucket in buckets)
    return Table(title, says, ("Source", "Requests", "Booked"), rows)


def treatments(figure):
    """Return the treatments as a table."""
    first = date_format(figure.first_day, "MONTH_DAY_FORMAT")
    last = date_format(figure.last_day, "SHORT_DATE_FORMAT")
    missing = FEW if is_few(figure.missing) else figure.missing
    rows = tuple((bucket.label, bucket.count, bucket.booked) for bucket in figure.buckets)
    return Table(
        "Treatments",
        f"What people asked about who wrote from {first} to {last}: weeks of which the contents are removed, "
        "so no request is opened for a figure. Booked: a consultation was agreed at some time. Not counted, "
        f"since they are open, kept or wait to be counted: {missing}.",
        ("Asked about", "Requests", "Booked"),
        rows,
    )


def lost_reasons(buckets):
    """Return the reasons as a table."""
    return Table(
        "Why requests were closed",
        "Requests that arrived in these days and stand closed today, by the reason that was chosen.",
        ("Reason", "Requests"),
        tuple((bucket.label, bucket.count) for bucket in buckets),
    )


def shortened(table):
    """Return a table of many small cells with signs in place of words."""
    return replace(table, rows=tuple(tuple(SHORT.get(cell, cell) for cell in row) for row in table.rows))


def in_percent(share):
    """Return a share in words, or a dash where it isn't told."""
    return NO_FIGURE if share is None else f"{share}%"


def _in_words(cell):
    return date_format(cell, "SHORT_DATE_FORMAT") if isinstance(cell, date) else cell


def _or_dash(number):
    return NO_FIGURE if number is None else number
