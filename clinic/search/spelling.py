"""The word that somebody meant: the nearest of the vocabulary, by slips of the finger. All is bounded."""

from collections.abc import Mapping

from clinic.core.slips import (
    LONGEST,
    SHORTEST,
    SHORTEST_WITH_TWO,
    distance_of,
    may_be_near,
    slips_allowed,
)

from .word_lists import KNOWN

MOST_COMPARED = 3000
NEAREST_SHOWN = 4


def meant_by(word: str, vocabulary: Mapping[str, int]) -> str:
    """Return the one word that was probably meant; empty where nothing is near."""
    return next(iter(nearest(word, vocabulary, slips_allowed(word))), "")


def nearest(word: str, vocabulary: Mapping[str, int], slips: int) -> list[str]:
    """Return words that differ by no more than some slips, the nearest and the most usual first."""
    if slips == 0 or not word.isalpha():
        return []
    ranked = []
    for other in _candidates(word, vocabulary, slips):
        distance = distance_of(word, other, slips)
        if distance <= slips:
            ranked.append((distance, other[0] != word[0], -vocabulary.get(other, 0), other))
    return [other for *_rank, other in sorted(ranked)]


def suggestions(word: str, vocabulary: Mapping[str, int]) -> list[str]:
    """Return a few words that look like it, for somebody who found nothing."""
    if not SHORTEST <= len(word) <= LONGEST:
        return []
    held = {other: pages for other, pages in vocabulary.items() if pages and other[0] == word[0]}
    return nearest(word, held, 3 if len(word) >= SHORTEST_WITH_TWO else 2)[:NEAREST_SHOWN]


def _candidates(word, vocabulary, slips):
    """Yield what may be near, by length and letters, which is quick to see."""
    found = 0
    for words in (vocabulary, KNOWN):
        for other in words:
            if other == word or not may_be_near(word, other, slips):
                continue
            found += 1
            if found > MOST_COMPARED:
                return
            yield other
