"""In what two requests of one person differ, in the desk's words.

Of what is sealed the name, and of all else only which answers differ: to read them, somebody opens the other
request, and that is noted. What stands in columns anyway is said as it was and as it is.
"""

from dataclasses import dataclass

from clinic.core.facts import read_facts
from clinic.core.time_zones import TIME_ZONE_CHOICES
from consults.models import ConsultRequest
from consults.triage.in_words import best_times_in_words

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


def others_in_words(consult, others) -> list[Other]:
    """Return the other requests with what changed from the earlier one to the later one."""
    return [
        Other(
            other.consult,
            is_later=_order(other.consult) > _order(consult),
            is_correction=other.is_correction,
            differences=_differences(*sorted((consult, other.consult), key=_order), other.differs),
            is_compared=other.is_compared,
            name=other.name,
            kinship=_kinship(consult, other),
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
    return consult.same_as_id or consult.pk


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
