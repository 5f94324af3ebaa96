"""Columns and moments of a request in words, for lists and pages. None of them opens an envelope."""

from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.ui.tables import Column

from clinic.core.opening_hours import format_time
from clinic.core.time_zones import TIME_ZONE_CHOICES
from consults.enums import CallWindow

# By how many days they lie ahead.
NEAR_DAYS = {-1: "yesterday", 0: "today", 1: "tomorrow"}
A_WEEK = 7


class BestTimesColumn(Column):
    """When somebody can be called, in words."""

    def get_value(self, instance):
        """Return the windows, or "Any time"."""
        return best_times_in_words(instance.best_times)


def next_in_words(consult):
    """Return when somebody has to do something again, by the reader's clock; nothing where nobody has."""
    if not consult.next_action_at:
        return ""
    return moment_in_words(consult.next_action_at)


def moment_in_words(moment):
    """Return day and time by the reader's clock."""
    moment = timezone.localtime(moment)
    return f"{date_format(moment, 'MONTH_DAY_FORMAT')}, {format_time(moment.time())}"


def moment_as_said(moment, now):
    """Return day and time as people say them, by the reader's clock: "tomorrow at 9 am", "Monday at 2:30 pm".

    A week away and further the day has a date, and so has one that is past, but for yesterday.
    """
    clock = timezone.localtime(moment)
    days = (clock.date() - timezone.localdate(now)).days
    return f"{_day_as_said(clock, days)} at {time_as_said(clock.time())}"


def time_as_said(clock):
    """Return a time without the minutes of a full hour: "9 am", "2:30 pm"."""
    return format_time(clock).replace(":00", "")


def _day_as_said(clock, days):
    if days in NEAR_DAYS:
        return NEAR_DAYS[days]
    return date_format(clock, "l" if 0 < days < A_WEEK else "MONTH_DAY_FORMAT")


def clock_in_words(zone, now):
    """Return the name of a time zone and what its clocks show at the aware moment ``now``."""
    name = dict(TIME_ZONE_CHOICES).get(zone, zone)
    return f"{name}, {format_time(now.astimezone(ZoneInfo(zone)).time())} there now"


def best_times_in_words(bits):
    """Return the chosen windows, one after another."""
    return "; ".join(str(w.label) for w in CallWindow if bits & w) or "Any time"
