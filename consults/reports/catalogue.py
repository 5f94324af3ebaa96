"""Every report: its figures, its table, its picture."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.conf import settings

from clinic.core.facts import read_facts
from consults import crisis

from . import charts, figures, read_first, tables


@dataclass(frozen=True)
class Report:
    """A report under the name that its file bears."""

    name: str
    figure: Callable  # from the period, and how a count is told
    table: Callable  # from the figure, and from the one before it where they are compared
    chart: Callable | None  # from the figure; None: a table alone
    drawing: str = "bars"
    is_compared: bool = True  # with the days before
    is_dense: bool = False  # a table of many small cells
    is_narrow: bool = False  # a picture that needs half the width
    is_wanted: Callable = lambda: True

    def shown(self, period, told):
        """Return what the page needs, the figures asked for once."""
        figures = self._figures(period, told)
        table = self.table(*figures)
        return {
            "name": self.name,
            "figures": figures,
            "table": table,
            "is_dense": self.is_dense,
            "is_narrow": self.is_narrow,
            "is_empty": not table.rows,
            "chart": self.chart(figures[0]) if self.chart else None,
            "drawing": f"consults/reports/{self.drawing}.html",
        }

    def table_of(self, period, told):
        """Return the table alone."""
        return self.table(*self._figures(period, told))

    def _figures(self, period, told):
        periods = [period, period.before] if self.is_compared else [period]
        return [self.figure(each, told) for each in periods]


def _source(name, column, title, says, head="Source", **options):
    return Report(
        name,
        partial(figures.sources, column=column),
        partial(tables.sources, title, says, head=head),
        charts.bucket_bars,
        is_narrow=True,
        **options,
    )


def _week_dots(weeks):
    return charts.week_dots(weeks, settings.CONSULTS_ATTEMPT_MINUTES)


REPORTS = {
    report.name: report
    for report in (
        Report("funnel", figures.funnel, tables.funnel, charts.funnel_bars),
        Report("apart", figures.apart, tables.apart, None, is_dense=True),
        Report("clocks", figures.clocks, tables.clocks, None),
        Report(
            "first-attempt",
            figures.first_attempts,
            tables.first_attempts,
            _week_dots,
            "weeks",
            is_compared=False,
            is_dense=True,
        ),
        Report(
            "arrivals",
            figures.arrivals,
            tables.arrivals,
            charts.heat_map,
            "heat",
            is_compared=False,
            is_dense=True,
        ),
        Report("appointments", figures.appointments, tables.appointments, charts.bucket_bars, is_narrow=True),
        _source(
            "colleague",
            figures.COLLEAGUE,
            "Colleagues",
            "Who has a request today, or had it when it ended. It says nothing of how hard each was.",
            head="Colleague",
        ),
        _source(
            "way",
            "way",
            "How people want to be reached",
            "What they chose in the form, or said.",
            head="Way",
        ),
        _source(
            "language",
            "locale",
            "Languages",
            "The language in which the form was filled in.",
            head="Language",
        ),
        _source("heard-from", "heard_from", "How people heard of us", "What people chose in the form."),
        _source(
            "section",
            "source_section",
            "Part of the site",
            "Where people came to the form from; never the very page.",
        ),
        _source(
            "campaign",
            "campaign",
            "Campaigns",
            "The kind of advertisement or letter, where its own link named one.",
        ),
        _source(
            "location",
            "location",
            "Places",
            "The place that people chose in the form.",
            is_wanted=lambda: bool(read_facts().choice_of_locations),
        ),
        _source("channel", "channel", "Ways in", "The way a request reached the clinic."),
        Report(
            "treatments",
            lambda period, _told: figures.treatments(period),
            tables.treatments,
            lambda figure: charts.bucket_bars(figure.buckets),
            is_compared=False,
            is_narrow=True,
        ),
        Report(
            "read-first",
            read_first.figure,
            read_first.table,
            lambda figure: charts.bucket_bars(figure.buckets),
            is_narrow=True,
            is_wanted=lambda: bool(crisis.clinician()),
        ),
        Report("lost-reasons", figures.lost_reasons, tables.lost_reasons, charts.bucket_bars, is_narrow=True),
    )
}


def wanted_reports() -> dict[str, Report]:
    """Return the reports that this clinic has, by name."""
    return {name: report for name, report in REPORTS.items() if report.is_wanted()}
