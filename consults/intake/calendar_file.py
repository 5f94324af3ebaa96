"""A call to expect, as a file for a calendar (RFC 5545) that says nothing of the clinic or of the matter.

Calendars are shared, and shown on locked screens: not even the number to call back stands in it.
"""

import uuid
from datetime import UTC

from django.utils import timezone
from django.utils.translation import gettext

from consults.enums import ContactWay

# As the standard asks: lines of at most 75 bytes, each ended by both signs.
LONGEST_LINE = 74
LINE_END = "\r\n"


def calendar_of(slip, first_call) -> bytes:
    """Return the file: an entry for each day on which somebody gets in touch."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Reminder//Reminder 1.0//EN", "METHOD:PUBLISH"]
    for day in first_call.days:
        lines += _entry(slip, day)
    lines.append("END:VCALENDAR")
    return (LINE_END.join(map(_folded, lines)) + LINE_END).encode()


def _entry(slip, day):
    # The same entry when the file is fetched again, and no host that would name the clinic.
    number = uuid.uuid5(uuid.NAMESPACE_OID, f"{slip.reference} {day.begins.date()}")
    return [
        "BEGIN:VEVENT",
        f"UID:{number}",
        f"DTSTAMP:{_moment(slip.received_at or timezone.now())}",
        f"DTSTART:{_moment(day.begins)}",
        f"DTEND:{_moment(day.ends)}",
        f"SUMMARY:{_text(_summary(slip.way))}",
        "CLASS:PRIVATE",
        # It doesn't make anybody busy all day.
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _summary(way):
    return gettext("A call") if way == ContactWay.CALL else gettext("A message")


def _moment(moment):
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words):
    """Return text as the standard writes it."""
    for sign in "\\;,":
        words = words.replace(sign, f"\\{sign}")
    return words


def _folded(line):
    """Return a line in pieces that are short enough; no letter of several bytes is cut."""
    pieces, rest = [], line
    while len(rest.encode()) > LONGEST_LINE:
        head = rest.encode()[:LONGEST_LINE].decode(errors="ignore")
        pieces.append(head)
        rest = f" {rest[len(head) :]}"
    return LINE_END.join([*pieces, rest])
