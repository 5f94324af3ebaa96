"""The answers that editors pin: which fits, and where it leads."""

from typing import NamedTuple

from django.urls import reverse

from clinic.core.facts import read_facts

from .index import Answer, Hit, Index
from .models import LeadsTo

MOST_SHOWN = 2
SECTIONS = {LeadsTo.FEES: "fees", LeadsTo.LOCATIONS: "locations", LeadsTo.QUESTIONS: "questions"}
ROUTES = {
    LeadsTo.FORM: "consultation",
    LeadsTo.FORM_IN_SPANISH: "consultation_es",
    LeadsTo.HELP: "get_help_now",
}


class Pinned(NamedTuple):
    """A pinned answer as the page shows it. ``page`` is what has to be public for it, 0 where nothing has."""

    title: str
    sentence: str
    address: str
    language: str
    page: int
    place: str


def fitting(index: Index, *ways: list[str]) -> list[Pinned]:
    """Return the answers whose words stand in a query, read in some way; the longest phrases first."""
    lengths = [(max(_longest(answer, words) for words in ways), answer) for answer in index.answers]
    fit = [answer for length, answer in sorted(lengths, key=lambda pair: -pair[0]) if length]
    return [_pinned(answer, index) for answer in fit][:MOST_SHOWN]


def _longest(answer: Answer, words):
    """Return the length of the longest phrase of the answer that stands in these words; 0 for none."""
    fit = [
        len(phrase)
        for phrase in answer.phrases
        if any(words[n : n + len(phrase)] == list(phrase) for n in range(len(words)))
    ]
    return max(fit, default=0)


def _pinned(answer, index):
    address, hit = _place(answer, index)
    page, place = (hit.page, hit.place) if hit else (0, "")
    if answer.leads_to == LeadsTo.PAGE:
        page, place = answer.page, answer.place
    return Pinned(answer.title, answer.sentence, address, answer.language, page, place)


def _place(answer, index) -> tuple[str, Hit | None]:
    """Return the address, and the page that it is found by."""
    facts = read_facts()
    if answer.leads_to == LeadsTo.PAGE:
        return answer.address, None
    if answer.leads_to in ROUTES:
        return reverse(ROUTES[answer.leads_to]), None
    if answer.leads_to == LeadsTo.DIRECTIONS and facts.location_url:
        return facts.location_url, None
    section = "locations" if answer.leads_to == LeadsTo.DIRECTIONS else SECTIONS.get(answer.leads_to)
    if section and (hit := index.first_of(section)):
        return hit.address, hit
    return (facts.phone_uri if facts.phone else ""), None
