"""Turning the contents of an envelope into what the page of a request shows, with words of danger marked."""

from typing import NamedTuple

from django.conf import settings
from django.utils.html import format_html, format_html_join

from clinic.core.phones import phone_uri
from consults import crisis
from consults.enums import Age, ContactWay, ForWhom, Topic

PLAIN = ["name", "phone", "email", "likely_email", "state", "needs", "note"]
# Of the texts that are read for words of danger. They are found anew at each reading, never stored.
LABELS = {"note": "Note", "needs": "Needs"}


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


def crisis_card(contents) -> dict | None:
    """Return clinician and texts with their words marked; None where the flag is off or finds nothing."""
    if not crisis.clinician():
        return None
    texts = {
        LABELS[name]: marked(text)
        for name, text in crisis.free_texts(contents).items()
        if crisis.matches(text)
    }
    if not texts:
        return None
    return {"clinician": crisis.clinician(), "hours": settings.CONSULTS_CRISIS_HOURS, "texts": texts}


def free_texts_for_display(contents) -> dict:
    """Return what somebody wrote in their own words, by its label, with words of danger marked."""
    texts = {LABELS[name]: contents.get(name, "") for name in LABELS}
    is_watched = bool(crisis.clinician())
    return {label: marked(text) if is_watched else text for label, text in texts.items() if text}


def marked(text):
    """Return a text as safe HTML, with what was found in marks."""
    pieces, place = [], 0
    for start, end, _level in crisis.matches(text):
        pieces.append(format_html("{}<mark>{}</mark>", text[place:start], text[start:end]))
        place = end
    pieces.append(format_html("{}", text[place:]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))
