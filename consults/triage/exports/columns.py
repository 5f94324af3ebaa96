"""What can stand in a file: clear columns for all who may export, names and contacts for whoever may more.

The note never does. Each column has a code, by which a form names it and the audit tells of it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from clinic.core.facts import read_facts
from consults.enums import ContactWay
from consults.triage import stops
from consults.triage.acceptance import WRONG_IN_FILE

from .consents import CONSENTS, columns_of

CANNOT_BE_OPENED, REMOVED = "can't be opened", "removed on {:%Y-%m-%d}"


@dataclass(frozen=True)
class Column:
    """A heading, and what stands below it."""

    heading: str
    value_of: Callable


CLEAR = {
    "reference": Column("Reference", lambda r: r.reference),
    "received": Column("Received", lambda r: local_moment(r.created_at)),
    "status": Column("Status", lambda r: r.get_status_display()),
    "reason": Column("Closed because", lambda r: r.get_closed_reason_display()),
    "with": Column("With", lambda r: r.assignee.get_username() if r.assignee else ""),
    "tries": Column("Tries", lambda r: r.attempts),
    "try_min": Column("Opening minutes to the first try", lambda r: r.attempt_minutes),
    "reach_min": Column("Opening minutes until reached", lambda r: r.reach_minutes),
    "next": Column("Next", lambda r: local_moment(r.next_action_at)),
    "by": Column("Came by", lambda r: r.get_channel_display()),
    "section": Column("Part of the site", lambda r: r.get_source_section_display()),
    "campaign": Column("Campaign", lambda r: r.get_campaign_display()),
    "heard": Column("Heard of us", lambda r: r.get_heard_from_display() if r.heard_from else ""),
    "place": Column("Location", lambda r: read_facts().name_of(r.location)),
    "language": Column("Language", lambda r: r.get_locale_display()),
}
# Of a contact. That somebody is not to be contacted stands in every file with names, chosen or not.
ALWAYS = Column(
    "Do not contact", lambda c: " ".join(filter(None, [_acceptance_of(c), stops.in_words(c.stop)]))
)
OPENED = {
    "name": Column("Name", lambda c: c.name),
    "phone": Column("Phone", lambda c: c.phone),
    "email": Column("E-mail", lambda c: c.email),
    "wants": Column("Wants", lambda c: dict(ContactWay.choices).get(c.way, c.way)),
}


def _acceptance_of(contact):
    return "" if contact.is_accepted else WRONG_IN_FILE


def clear_table(requests, chosen):
    """Return heading and rows of the chosen columns, without a word of what was typed."""
    columns = [CLEAR[code] for code in CLEAR if code in chosen]
    heading = [column.heading for column in columns]
    rows = [[column.value_of(r) for column in columns] for r in requests]
    if CONSENTS not in chosen:
        return [heading, *rows]
    agreed_heading, *agreed = columns_of(requests, local_moment)
    return [heading + agreed_heading, *(row + more for row, more in zip(rows, agreed, strict=True))]


def opened_table(requests, contacts, chosen):
    """Return the same with a contact beside each request; None is one that doesn't open, or not any more."""
    heading, *rows = clear_table(requests, chosen)
    columns = [ALWAYS, *(OPENED[code] for code in OPENED if code in chosen)]
    sides = (
        [column.value_of(contact) for column in columns] if contact else _unopened(columns, consult)
        for consult, contact in zip(requests, contacts, strict=True)
    )
    headings = [column.heading for column in columns]
    return [heading + headings, *(row + side for row, side in zip(rows, sides, strict=True))]


def said(chosen, offered) -> str:
    """Return for the audit which of the columns that were offered were chosen, in the shorter way."""
    left = [code for code in offered if code not in chosen]
    if not left:
        return "all columns"
    listed = " ".join(code for code in offered if code in chosen)
    return min(f"columns {listed}", f"all columns but {' '.join(left)}", key=len)


def _unopened(columns, consult):
    """Return the cells of a request that doesn't open: it says why where the name would stand."""
    says_so = OPENED["name"] if OPENED["name"] in columns else ALWAYS
    removed_at = local_moment(consult.purged_at)
    why = REMOVED.format(removed_at) if removed_at else CANNOT_BE_OPENED
    return [why if column is says_so else "" for column in columns]


def local_moment(moment):
    """Return a moment by the reader's clock, to the minute and without its zone, which no cell can hold."""
    return timezone.make_naive(moment).replace(second=0, microsecond=0) if moment else None
