"""What somebody typed, read as a wish: concepts, each with all the words that mean it.

Only bare words get through, so nothing of what was typed is ever an operator of the index.
"""

import re
from dataclasses import dataclass

from .word_lists import LEFT_OUT, LONGEST_PHRASE, MEANINGS, Phrase
from .words import bare_words

# More concepts than this make no question, and each costs time.
MOST_CONCEPTS = 8
MOST_WORDS = 40
QUOTED = re.compile('["“”„«»]')
# Shorter beginnings fit everything.
SHORTEST_BEGINNING = 3


@dataclass(frozen=True)
class Concept:
    """One thing that is looked for: phrases of which any will do, as typed first.

    So many of them are the person's ``own``, the rest means the same. ``is_open``: the last word may go on.
    ``is_exact``: it stood between quotation marks.
    """

    phrases: tuple[Phrase, ...]
    own: int = 1
    is_open: bool = False
    is_exact: bool = False

    @property
    def said(self) -> Phrase:
        """The words as typed."""
        return self.phrases[0]

    @property
    def expression(self) -> str:
        """What the index is asked. The words are bare, so quotation marks hold them."""
        return _any_of(self.phrases)

    @property
    def own_expression(self) -> str:
        """The same for the person's own words alone."""
        return _any_of(self.phrases[: self.own])

    def going_on_as(self, words: list[str]) -> "Concept":
        """Return the concept with the words that its own may become."""
        own = dict.fromkeys([*self.phrases[: self.own], *((word,) for word in words)])
        return Concept(tuple(dict.fromkeys([*own, *self.phrases])), own=len(own))


def _any_of(phrases):
    quoted = [f'"{" ".join(phrase)}"' for phrase in phrases]
    return f"({' OR '.join(quoted)})"


def words_of(query: str) -> list[str]:
    """Return the bare words of a query, at most MOST_WORDS."""
    return bare_words(query)[:MOST_WORDS]


def concepts_of(query: str) -> list[Concept]:
    """Return what a query asks for, at most MOST_CONCEPTS."""
    found: list[Concept] = []
    # Every second part stood between marks; a mark that nothing closes is none.
    parts = QUOTED.split(query)
    is_closed = len(parts) % 2 == 1
    for number, part in enumerate(parts):
        words = tuple(words_of(part))
        if not words:
            continue
        if number % 2 and (is_closed or number < len(parts) - 1):
            found.append(Concept((words[:MOST_CONCEPTS],), is_exact=True))
        else:
            found += _loose(words, is_last=number == len(parts) - 1)
    return _without_doubles(found)[:MOST_CONCEPTS]


def concept_for(phrase: Phrase, *, is_open=False) -> Concept:
    """Return a phrase with whatever means the same."""
    meant = MEANINGS.get(phrase, [])
    is_open = is_open and len(phrase[-1]) >= SHORTEST_BEGINNING
    return Concept(tuple(dict.fromkeys([phrase, *meant])), is_open=is_open)


def _loose(words, *, is_last):
    """Return the concepts of words that need not stand side by side; longer ones of the lists come first."""
    found, place = [], 0
    while place < len(words):
        length = _length_of_known(words[place:])
        phrase = words[place : place + length]
        place += length
        found.append(concept_for(phrase, is_open=is_last and place == len(words)))
    return [concept for concept in found if len(concept.phrases) > 1 or not LEFT_OUT.issuperset(concept.said)]


def _length_of_known(words):
    longest = min(LONGEST_PHRASE, len(words))
    return next((n for n in range(longest, 1, -1) if words[:n] in MEANINGS), 1)


def _without_doubles(concepts):
    return list({concept.said: concept for concept in reversed(concepts)}.values())[::-1]
