"""Columns and moments of a request in words, for lists and pages. None of them opens an envelope."""

from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.ui.tables import Column

from clinic.core.opening_hours import format_time
from clinic.core.time_zones import TIME_ZONE_CHOICES
from consults.enums import CallWindow


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


def clock_in_words(zone, now):
    """Return the name of a time zone and what its clocks show at the aware moment ``now``."""
    name = dict(TIME_ZONE_CHOICES).get(zone, zone)
    return f"{name}, {format_time(now.astimezone(ZoneInfo(zone)).time())} there now"


def best_times_in_words(bits):
    """Return the chosen windows, one after another."""
    return "; ".join(str(w.label) for w in CallWindow if bits & w) or "Any time"
