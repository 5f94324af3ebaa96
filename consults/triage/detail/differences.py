"""In what two requests of one person differ, in the desk's words.

Of what is sealed the name, and of all else only which answers differ: to read them, somebody opens the other
request, and that is noted. What stands in columns anyway is said as it was and as it is.
"""

from dataclasses import dataclass

from django.utils import timezone

from clinic.core.facts import read_facts
from clinic.core.time_zones import TIME_ZONE_CHOICES
from consults.models import ConsultRequest
from consults.triage.acceptance import warnings_of
from consults.triage.in_words import best_times_in_words
from consults.triage.lists.reasons import what_comes_up

from .contents import free_texts_for_display

SEALED = {
    "name": "name",
    "phone_e164": "number",
    "email": "e-mail address",
    "way": "how to be reached",
    "topic": "topic",
    "for_whom": "for whom",
    "state": "state",
    "needs": "needs",
    "note": "note",
}


@dataclass(frozen=True)
class Other:
    """Another request with the same number or address as the page of the first one shows it."""

    consult: ConsultRequest
    is_later: bool
    is_correction: bool
    differences: str
    is_compared: bool
    name: str
    # What to think of it before somebody asked them.
    kinship: str
    is_linked: bool
    # When it comes up, where it is open and linked.
    comes_up: str = ""
    # What they wrote there, and what is wrong with it; of linked ones alone, which are opened too.
    said: dict | None = None
    acceptance: dict | None = None
    cannot_be_opened: bool = False


def others_in_words(consult, others, linked=()) -> list[Other]:
    """Return the other requests with what changed from the earlier one to the later one.

    ``linked`` are those that were opened as well, since they are linked with this one.
    """
    opened = {one.consult.pk: one for one in linked if one.contents is not None}
    damaged = {one.consult.pk for one in linked if one.contents is None}
    warnings = warnings_of([one.consult for one in opened.values()]) if opened else {}
    now = timezone.now()
    return [
        Other(
            other.consult,
            is_later=_order(other.consult) > _order(consult),
            is_correction=other.is_correction,
            differences=_differences(*sorted((consult, other.consult), key=_order), other.differs),
            is_compared=other.is_compared,
            name=other.name,
            kinship=_kinship(consult, other),
            is_linked=_leader(consult) == _leader(other.consult),
            comes_up=_comes_up(consult, other.consult, now),
            said=free_texts_for_display(opened[other.consult.pk].contents)
            if other.consult.pk in opened
            else None,
            acceptance=warnings.get(other.consult.pk),
            cannot_be_opened=other.consult.pk in damaged,
        )
        for other in others
    ]


def _kinship(consult, other):
    if _leader(consult) == _leader(other.consult):
        return "Linked as the same person."
    if other.is_same_name:
        return "Same person?"
    return "Another name: somebody else may share the number or address." if other.name else ""


def _leader(consult):
    return consult.thread_id


def _comes_up(consult, other, now):
    is_linked = _leader(consult) == _leader(other)
    return what_comes_up(other, now) if is_linked and other.is_open else ""


def _order(consult):
    return consult.created_at, consult.pk


def _differences(before, after, names):
    said = [", ".join(label for name, label in SEALED.items() if name in names)]
    said += [f"{label}: {words(before)} → {words(after)}" for name, label, words in CLEAR if name in names]
    return "; ".join(filter(None, said))


def _zone(consult):
    return dict(TIME_ZONE_CHOICES).get(consult.time_zone, consult.time_zone)


CLEAR = (
    ("best_times", "times", lambda consult: best_times_in_words(consult.best_times)),
    ("time_zone", "time zone", _zone),
    ("location", "place", lambda consult: read_facts().name_of(consult.location) or "any"),
    ("locale", "language", lambda consult: consult.get_locale_display()),
)
