"""When we get in touch, in the words of the page after the form and of its copy by e-mail.

Always with weekday and date: both are read again on another day, and on paper.
"""

from dataclasses import dataclass

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext, pgettext

from clinic.core.facts import read_facts
from clinic.core.opening_hours import describe_clock, format_time
from clinic.core.time_zones import TIME_ZONE_CHOICES
from consults.enums import ContactWay
from consults.workflow.first_call import CallDay, first_call


@dataclass(frozen=True)
class FirstCall:
    """The days, all of them in words, and by when somebody who has heard nothing calls us."""

    days: list[CallDay]
    when: str
    latest: str


def first_call_of(*, received_at, best_times, time_zone, location, way="") -> FirstCall | None:
    """Return when we get in touch; None where no hours are known. The words are of the active language."""
    facts = read_facts()
    hours = facts.hours_of(location)
    days = first_call(
        hours, received_at, best_times=best_times, zone=time_zone, by_phone=way != ContactWay.EMAIL
    )
    if not days:
        return None
    zone = _zone_in_words(time_zone, hours.zone)
    return FirstCall(days, _joined(map(_day_in_words, days)) + zone, _latest(days[-1].ends) + zone)


def _day_in_words(day):
    return gettext("on %(weekday)s, %(month)s %(day)d, between %(begins)s and %(ends)s") % {
        **_named(day.begins),
        "begins": format_time(day.begins.time()),
        "ends": format_time(day.ends.time()),
    }


def _latest(moment):
    words = {**_named(moment), "clock": describe_clock(moment)}
    return pgettext("by when", "%(weekday)s, %(month)s %(day)d, %(clock)s") % words


def _named(moment):
    return {"weekday": WEEKDAYS[moment.weekday()], "month": MONTHS[moment.month], "day": moment.day}


def _joined(phrases):
    first, *others = phrases
    for phrase in others:
        first = gettext("%(first)s, or %(other)s") % {"first": first, "other": phrase}
    return first


def _zone_in_words(zone, clinics):
    """Return the zone in brackets where it isn't the clinic's."""
    return f" ({dict(TIME_ZONE_CHOICES).get(zone, zone)})" if zone and zone != clinics else ""
