"""What stands in a file: clear columns for all who may export, names and contacts for whoever may more.

The note never does.
"""

from django.utils import timezone

from clinic.core.facts import read_facts
from consults.enums import ContactWay
from consults.triage import stops
from consults.triage.acceptance import WRONG_IN_FILE

CANNOT_BE_OPENED = "can't be opened"
CLEAR = {
    "Reference": lambda r: r.reference,
    "Received": lambda r: local_moment(r.created_at),
    "Status": lambda r: r.get_status_display(),
    "Closed because": lambda r: r.get_closed_reason_display(),
    "With": lambda r: r.assignee.get_username() if r.assignee else "",
    "Tries": lambda r: r.attempts,
    "Opening minutes to the first try": lambda r: r.attempt_minutes,
    "Opening minutes until reached": lambda r: r.reach_minutes,
    "Next": lambda r: local_moment(r.next_action_at),
    "Came by": lambda r: r.get_channel_display(),
    "Part of the site": lambda r: r.get_source_section_display(),
    "Campaign": lambda r: r.get_campaign_display(),
    "Heard of us": lambda r: r.get_heard_from_display() if r.heard_from else "",
    "Location": lambda r: read_facts().name_of(r.location),
    "Language": lambda r: r.get_locale_display(),
}
OPENED = {
    "Do not contact": lambda c: " ".join(filter(None, [_acceptance_of(c), stops.in_words(c.stop)])),
    "Name": lambda c: c.name,
    "Phone": lambda c: c.phone,
    "E-mail": lambda c: c.email,
    "Wants": lambda c: dict(ContactWay.choices).get(c.way, c.way),
}


def _acceptance_of(contact):
    return "" if contact.is_accepted else WRONG_IN_FILE


def clear_table(requests):
    """Return heading and rows without a word of what was typed."""
    return [list(CLEAR), *([value_of(r) for value_of in CLEAR.values()] for r in requests)]


def opened_table(requests, contacts):
    """Return the same with a contact beside each request; None is one that doesn't open."""
    heading, *rows = clear_table(requests)
    sides = ([value_of(c) for value_of in OPENED.values()] if c else unopened() for c in contacts)
    return [[*heading, *OPENED], *([*row, *side] for row, side in zip(rows, sides, strict=True))]


def unopened():
    """Return the cells of a request that doesn't open: it says so where the name would stand."""
    return [CANNOT_BE_OPENED if heading == "Name" else "" for heading in OPENED]


def local_moment(moment):
    """Return a moment by the reader's clock, to the minute and without its zone, which no cell can hold."""
    return timezone.make_naive(moment).replace(second=0, microsecond=0) if moment else None
