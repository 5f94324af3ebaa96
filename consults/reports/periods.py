"""The days that a report looks back on, and the days before them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format

from clinic.core.facts import read_facts

CHOICES = (30, 90)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Whole days by the clinic's clock, both ends among them."""

    first_day: date
    last_day: date
    zone: ZoneInfo

    @property
    def days(self):
        """How many there are."""
        return (self.last_day - self.first_day).days + 1

    @property
    def starts_at(self):
        """The moment at which the first day begins."""
        return self._midnight(self.first_day)

    @property
    def ends_at(self):
        """The moment at which the last day is over."""
        return self._midnight(self.last_day + A_DAY)

    @property
    def before(self):
        """As many days, right before these."""
        return Period(self.first_day - self.days * A_DAY, self.first_day - A_DAY, self.zone)

    @property
    def mondays(self):
        """The Mondays of the ISO weeks that the days touch, in order."""
        first = self.first_day - timedelta(days=self.first_day.weekday())
        return [first + timedelta(days=n) for n in range(0, (self.last_day - first).days + 1, 7)]

    @property
    def days_open(self):
        """On how many of them any location is open, by the hours of today; None where nobody entered any."""
        known = read_facts().known_hours
        days = (self.first_day + n * A_DAY for n in range(self.days))
        return sum(any(hours.periods_on(day) for hours in known) for day in days) if known else None

    @property
    def query(self):
        """The days as an address of the reports says them."""
        return urlencode({"since": self.first_day.isoformat(), "until": self.last_day.isoformat()})

    def _midnight(self, day):
        return datetime.combine(day, time.min, tzinfo=self.zone)

    def __str__(self):
        is_one_year = self.first_day.year == self.last_day.year
        first = date_format(self.first_day, "MONTH_DAY_FORMAT" if is_one_year else "SHORT_DATE_FORMAT")
        return f"{first} to {date_format(self.last_day, 'SHORT_DATE_FORMAT')}"


def today():
    """Return today's day by the clinic's clock."""
    return timezone.now().astimezone(read_facts().zone).date()


def last_days(days):
    """Return so many days, today being the last of them."""
    return Period(today() - (days - 1) * A_DAY, today(), read_facts().zone)
