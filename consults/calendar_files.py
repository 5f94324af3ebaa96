"""Files for calendars (RFC 5545): what every one of them has in common."""

from collections.abc import Iterable
from datetime import UTC, datetime

CONTENT_TYPE = "text/calendar; charset=utf-8"
# As the standard asks: lines of at most 75 bytes, each ended by both signs.
LONGEST_LINE = 74
LINE_END = "\r\n"
# What a file asks a calendar to do: to keep its entries, or to take them out.
PUBLISH, CANCEL = "PUBLISH", "CANCEL"


def calendar(entries: Iterable[list[str]], *, method: str = PUBLISH) -> bytes:
    """Return the file with these entries, each given as its lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Reminder//Reminder 1.0//EN", f"METHOD:{method}"]
    for entry in entries:
        lines += ["BEGIN:VEVENT", *entry, "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return (LINE_END.join(map(_folded, lines)) + LINE_END).encode()


def moment(at: datetime) -> str:
    """Return an aware moment as the standard writes it, in UTC: every calendar reads it without a zone."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def text(words: str) -> str:
    """Return text on one line as the standard writes it."""
    for sign in "\\;,":
        words = words.replace(sign, f"\\{sign}")
    return " ".join(words.split())


def _folded(line):
    """Return a line in pieces that are short enough; no letter of several bytes is cut."""
    pieces, rest = [], line
    while len(rest.encode()) > LONGEST_LINE:
        head = rest.encode()[:LONGEST_LINE].decode(errors="ignore")
        pieces.append(head)
        rest = f" {rest[len(head) :]}"
    return LINE_END.join([*pieces, rest])
