"""Rows of opening hours, shared by the clinic's defaults and each location."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from clinic.core.opening_hours import WEEKDAY_NAMES, Period, merged


class OpeningPeriod(Orderable):
    """One stretch of opening on a weekday; a lunch break makes two."""

    weekday = models.PositiveSmallIntegerField(choices=list(enumerate(WEEKDAY_NAMES)))
    opens = models.TimeField()
    closes = models.TimeField()

    panels = [FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes")])]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self):
        return f"{self.get_weekday_display()} {Period(self.opens, self.closes)}"

    def clean(self):
        """Refuse a period that closes before it opens."""
        super().clean()
        if self.opens and self.closes and self.closes <= self.opens:
            raise ValidationError({"closes": "The closing time must be later than the opening time."})


def week_from_rows(rows):
    """Return the weekly plan of some rows: weekday to its periods in order."""
    week = {}
    for row in sorted(rows, key=lambda row: row.weekday):
        week.setdefault(row.weekday, []).append(Period(row.opens, row.closes))
    return {day: merged(periods) for day, periods in week.items()}
