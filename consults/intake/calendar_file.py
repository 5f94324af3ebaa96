"""A call to expect, as a file for a calendar that says nothing of the clinic or of the matter.

Calendars are shared, and shown on locked screens: not even the number to call back stands in it.
"""

import uuid

from django.utils import timezone
from django.utils.translation import gettext

from consults.calendar_files import calendar, moment, text
from consults.enums import ContactWay


def calendar_of(slip, first_call) -> bytes:
    """Return the file: an entry for each day on which somebody gets in touch."""
    return calendar(_entry(slip, day) for day in first_call.days)


def _entry(slip, day):
    # The same entry when the file is fetched again, and no host that would name the clinic.
    number = uuid.uuid5(uuid.NAMESPACE_OID, f"{slip.reference} {day.begins.date()}")
    return [
        f"UID:{number}",
        f"DTSTAMP:{moment(slip.received_at or timezone.now())}",
        f"DTSTART:{moment(day.begins)}",
        f"DTEND:{moment(day.ends)}",
        f"SUMMARY:{text(_summary(slip.way))}",
        "CLASS:PRIVATE",
        # It doesn't make anybody busy all day.
        "TRANSP:TRANSPARENT",
    ]


def _summary(way):
    return gettext("A call") if way == ContactWay.CALL else gettext("A message")
