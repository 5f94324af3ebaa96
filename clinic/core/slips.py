"""Slips of the finger: letters that are missing, extra, wrong or swapped."""

# Shorter words have too many neighbours.
SHORTEST, LONGEST = 4, 25
SHORTEST_WITH_TWO = 7


def slips_allowed(word: str) -> int:
    """Return how many slips a word of this length may have."""
    if not SHORTEST <= len(word) <= LONGEST:
        return 0
    return 2 if len(word) >= SHORTEST_WITH_TWO else 1


def may_be_near(one: str, other: str, most: int) -> bool:
    """Whether two words may lie within so many slips, by length and letters, which is quick to see."""
    if abs(len(one) - len(other)) > most:
        return False
    # A slip changes at most two letters of the set.
    return (_letters(one) ^ _letters(other)).bit_count() <= 2 * most


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


def _letters(word):
    bits = 0
    for char in word:
        bits |= 1 << (ord(char) % 64)
    return bits
