"""The words that put a request to the front, marked on its page; found anew at each reading, never stored."""

from django.conf import settings
from django.utils.html import format_html, format_html_join

from consults import crisis

LABELS = {"note": "Note", "needs": "Needs"}


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


def marked(text):
    """Return a text as safe HTML, with what was found in marks."""
    pieces, place = [], 0
    for start, end, _level in crisis.matches(text):
        pieces.append(format_html("{}<mark>{}</mark>", text[place:start], text[start:end]))
        place = end
    pieces.append(format_html("{}", text[place:]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))
