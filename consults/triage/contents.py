"""Turning the contents of an envelope into what the page of a request shows."""

from typing import NamedTuple

from clinic.core.phones import phone_uri
from consults.enums import ContactWay, Interest


class Shown(NamedTuple):
    """What one patient wrote, in the staff's words."""

    name: str
    phone: str
    phone_uri: str
    email: str
    way: str
    interest: str
    note: str
    consent: str


def contents_for_display(contents):
    """Return the contents with labels for codes; a code of another release shows as it stands."""
    return Shown(
        name=contents.get("name", ""),
        phone=contents.get("phone", ""),
        phone_uri=phone_uri(contents.get("phone", "")),
        email=contents.get("email", ""),
        way=_label(ContactWay, contents.get("way", "")),
        interest=_label(Interest, contents.get("interest", "")) or "Left open",
        note=contents.get("note", ""),
        consent=contents.get("consent", {}).get("text", ""),
    )


def _label(choices, value):
    return dict(choices.choices).get(value, value)
