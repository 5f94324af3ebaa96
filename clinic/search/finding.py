"""Answering a search. However much there is to find, it costs the same few queries."""

import sqlite3
from dataclasses import dataclass, field

import django.db
from wagtail.models import Page

from clinic.core.generation_memory import number_of_answer
from clinic.core.kept_pages.watch import WATCH

from .answers import Pinned, fitting
from .index import Hit, Index
from .keeper import KEEPER
from .results import Result, result
from .spelling import meant_by, suggestions
from .wish import MOST_CONCEPTS, Concept, concept_for, concepts_of, words_of
from .word_lists import ASKING, KNOWN

MOST_FOUND = 100
MOST_BEGINNINGS = 12
SHORTEST_TO_GO_ON = 4
# So many words of a query are read as if misspelt, for the answers that editors pin.
MOST_READ_AGAIN = 8
# What somebody in danger is shown besides the help, where no page holds their words.
DANGER = ("suicide",)


@dataclass
class Found:
    """What a search brought. ``expression`` is what the index was asked in the end."""

    hits: list[Hit] = field(default_factory=list)
    answers: list[Pinned] = field(default_factory=list)
    # Words as typed, and as they were read.
    instead: dict[str, str] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    nearest: list[str] = field(default_factory=list)
    # Whether no page holds all of the words, so that these hold some.
    is_some: bool = False
    # Whether nothing could be asked.
    is_away: bool = False
    has_database: bool = True
    expression: str = ""
    index: Index | None = None
    # Titles as they are now, of an index that is older than that.
    titles: dict[int, str] = field(default_factory=dict)

    def shown(self, hits: list[Hit]) -> list[Result]:
        """Return some of the hits with their words."""
        if not hits or self.index is None:
            return []
        try:
            texts = self.index.shown(self.expression, [hit.id for hit in hits])
        except sqlite3.Error:
            KEEPER.broken()
            return []
        return [result(hit, texts[hit.id], self.titles.get(hit.page, "")) for hit in hits]


class _Known:
    """The generation this process saw last: while the database is away only its index may speak."""

    number = 0


def find(query: str, *, danger: str = "") -> Found:
    """Answer a query that is bounded already. ``danger`` says that help in a crisis comes before all else."""
    concepts = concepts_of(query) or ([concept_for(DANGER)] if danger else [])
    try:
        number = number_of_answer()
        _Known.number = number
        if not concepts:
            return Found()
        index = KEEPER.best(number)
    except django.db.Error:
        return _without_database(query, concepts, danger)
    if index is None:
        return Found(is_away=True)
    try:
        found = _asked(index, query, concepts, danger)
        return _checked(found, index.generation == number)
    except django.db.Error:
        return _without_database(query, concepts, danger)
    except sqlite3.Error:
        KEEPER.broken()
        return Found(is_away=True)


def _without_database(query, concepts, danger):
    """Ask the index alone, where nothing can have been taken down since it was made."""
    index = KEEPER.ready()
    if index is None or index.generation != max(_Known.number, WATCH.number or 0):
        return Found(is_away=True, has_database=False)
    try:
        found = _asked(index, query, concepts, danger)
    except sqlite3.Error:
        KEEPER.broken()
        found = Found(is_away=True)
    found.has_database = False
    return found


def _asked(index, query, concepts, danger):
    found = Found(index=index)
    held = _held(index, concepts, found)
    if danger and not held:
        held, found.is_some = [concept_for(DANGER)], False
    if held:
        _look_up(index, query, held, found)
    if not found.hits:
        found.nearest += _nearest(index, found.missed)
    words = words_of(query)
    found.answers = fitting(index, words, _read_again(index, words))
    if danger and (first := index.first_of("help")):
        found.hits = [first, *[hit for hit in found.hits if hit.id != first.id]][:MOST_FOUND]
        found.expression = found.expression or '"help"'
    return found


def _held(index, concepts, found) -> list[Concept]:
    """Return the concepts that anything holds, misspelt ones as they were meant; note the rest as missed."""
    held, is_any_as_typed = [], False
    for said in concepts:
        concept = _as_far_as_typed(index, said)
        if index.holds(concept.expression):
            held.append(concept)
            is_any_as_typed = True
        elif meant := _meant(index, concept):
            found.instead[concept.said[0]] = meant.said[0]
            held.append(meant)
        else:
            found.is_some = True
            # Words of a phrase may well stand elsewhere, in another order.
            found.missed += () if concept.is_exact else concept.said
    if found.missed and not is_any_as_typed:
        # Guesses alone, beside words that nobody knows, are worth a question and no list.
        found.nearest, found.instead = list(found.instead.values()), {}
        return []
    return held


def _as_far_as_typed(index, concept):
    """Let a last word stand for all that begin like it; a short one only where it is no word yet."""
    word = concept.said[-1]
    is_short = len(word) < SHORTEST_TO_GO_ON and word in index.vocabulary
    if not concept.is_open or len(concept.said) > 1 or is_short:
        return concept
    return concept.going_on_as(index.beginning_with(word, MOST_BEGINNINGS))


def _read_again(index, words):
    """Return the words, the first few that nobody knows as they were probably meant."""
    unknown = [word for word in words if word not in index.vocabulary and word not in KNOWN]
    meant = {word: meant_by(word, index.vocabulary) for word in unknown[:MOST_READ_AGAIN]}
    return [meant.get(word) or word for word in words]


def _meant(index, concept):
    if len(concept.said) > 1 or concept.is_exact:
        return None
    word = meant_by(concept.said[0], index.vocabulary)
    meant = concept_for((word,)) if word else None
    return meant if meant and index.holds(meant.expression) else None


def _look_up(index, query, held, found):
    words = words_of(query)
    title, section = " ".join(words), "questions" if ASKING.intersection(words[:1]) else ""
    in_title = " AND ".join(concept.own_expression for concept in held)
    found.expression = " AND ".join(concept.expression for concept in held)
    found.hits = index.find(found.expression, title, in_title, section, MOST_FOUND)
    if not found.hits and len(held) > 1 and not any(concept.is_exact for concept in held):
        found.expression = " OR ".join(concept.expression for concept in held)
        found.hits = index.find(found.expression, title, in_title, section, MOST_FOUND)
        found.is_some = True


def _nearest(index, missed):
    found = [word for said in missed[:MOST_CONCEPTS] for word in suggestions(said, index.vocabulary)]
    return list(dict.fromkeys(found))[:MOST_CONCEPTS]


def _checked(found, is_current):
    """Leave out what is no longer public, whatever the index says; two queries. Raises django.db.Error."""
    wanted = {thing.page for thing in [*found.hits, *found.answers] if thing.page}
    rows = Page.objects.live().public().filter(pk__in=wanted).values_list("pk", "url_path", "title")
    now = {pk: (place, title) for pk, place, title in rows} if wanted else {}
    found.hits = [hit for hit in found.hits if not hit.page or now.get(hit.page, ("",))[0] == hit.place]
    found.answers = [a for a in found.answers if not a.page or now.get(a.page, ("",))[0] == a.place]
    if not is_current:
        found.titles = {pk: title for pk, (_place, title) in now.items()}
    return found
