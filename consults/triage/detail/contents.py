"""Turning the contents of an envelope into what the page of a request shows."""

from typing import NamedTuple

from clinic.core.phones import phone_uri
from consults.enums import Age, ContactWay, ForWhom, Topic

PLAIN = ["name", "phone", "email", "likely_email", "state", "needs", "note"]


class Shown(NamedTuple):
    """What one patient wrote, in the staff's words."""

    name: str
    phone: str
    phone_uri: str
    email: str
    likely_email: str
    way: str
    topic: str
    for_whom: str
    age: str
    state: str
    needs: str
    note: str


def contents_for_display(contents):
    """Return the contents with labels for codes; a code of another release shows as it stands."""
    return Shown(
        **{name: contents.get(name, "") for name in PLAIN},
        phone_uri=phone_uri(contents.get("phone", "")),
        way=_label(ContactWay, contents.get("way", "")),
        topic=_label(Topic, contents.get("topic", "")) or "Left open",
        for_whom=_label(ForWhom, contents.get("for_whom", "")),
        age=_label(Age, contents.get("age", "")),
    )


def _label(choices, value):
    return dict(choices.choices).get(value, value)
