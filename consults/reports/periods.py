"""The days that a report looks back on."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format

from clinic.core.facts import read_facts

CHOICES = (30, 90)


@dataclass(frozen=True)
class Period:
    """Whole days by the clinic's clock, today among them."""

    days: int
    last_day: date
    zone: ZoneInfo

    @property
    def first_day(self):
        """The earliest day."""
        return self.last_day - timedelta(days=self.days - 1)

    @property
    def starts_at(self):
        """The moment at which the first day begins."""
        return datetime.combine(self.first_day, time.min, tzinfo=self.zone)

    @property
    def mondays(self):
        """The Mondays of the ISO weeks that the days touch, in order."""
        first = self.first_day - timedelta(days=self.first_day.weekday())
        return [first + timedelta(days=n) for n in range(0, (self.last_day - first).days + 1, 7)]

    def __str__(self):
        first, last = (
            date_format(self.first_day, "MONTH_DAY_FORMAT"),
            date_format(self.last_day, "SHORT_DATE_FORMAT"),
        )
        return f"{first} to {last}"


def period_from(text):
    """Return the period of that many days, until today; 30 days for whatever isn't offered."""
    days = next((days for days in CHOICES if text == str(days)), CHOICES[0])
    zone = read_facts().zone
    return Period(days, timezone.now().astimezone(zone).date(), zone)
