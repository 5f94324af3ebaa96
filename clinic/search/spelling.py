"""The word that somebody meant: the nearest of the vocabulary, by slips of the finger. All is bounded."""

from collections.abc import Mapping

from .word_lists import KNOWN

# Shorter words have too many neighbours.
SHORTEST, LONGEST = 4, 25
SHORTEST_WITH_TWO = 7
MOST_COMPARED = 3000
NEAREST_SHOWN = 4


def slips_allowed(word: str) -> int:
    """Return how many slips a word of this length may have."""
    if not SHORTEST <= len(word) <= LONGEST:
        return 0
    return 2 if len(word) >= SHORTEST_WITH_TWO else 1


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
    letters, found = _letters(word), 0
    for words in (vocabulary, KNOWN):
        for other in words:
            if abs(len(other) - len(word)) > slips or other == word:
                continue
            # A slip changes at most two letters of the set.
            if (letters ^ _letters(other)).bit_count() > 2 * slips:
                continue
            found += 1
            if found > MOST_COMPARED:
                return
            yield other


def _letters(word):
    bits = 0
    for char in word:
        bits |= 1 << (ord(char) % 64)
    return bits


def distance_of(one: str, other: str, most: int) -> int:
    """Return how many letters are missing, extra, wrong or swapped; beyond ``most`` it is not told apart."""
    before, row = [], list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != against))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
