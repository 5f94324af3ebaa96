"""A text as bare words that still know where they stand, so that what was found can be shown in it."""

import re
import unicodedata
from typing import NamedTuple

APOSTROPHES = "'’‘ʼ`´′＇"  # noqa: RUF001
# Not at a line's end: people break lines anywhere. Nor at several dots: “I want to... die”.
SENTENCE_ENDS = ".!?;"
CLAUSE_ENDS = ",:\n…()–—"
DOUBLED = re.compile(r"([^\W\d])\1+")


class Word(NamedTuple):
    """A word in its bare form, its place in the text, and the sentence and clause it belongs to."""

    text: str
    start: int
    end: int
    sentence: int
    clause: int


def words_of(text: str) -> list[Word]:
    """Return the words without capitals, accents, apostrophes and doubled letters."""
    words, letters, start, end, sentence, clause = [], [], 0, 0, 0, 0
    for place, char in enumerate(f"{text}\n"):
        if bare := _bare(char):
            start = start if letters else place
            letters.append(bare)
            end = place + 1
        elif unicodedata.combining(char):
            # An accent of its own belongs to the letter before it.
            end = place + 1 if letters else end
        elif not _is_silent(char):
            if letters:
                words.append(Word(DOUBLED.sub(r"\1", "".join(letters)), start, end, sentence, clause))
            letters = []
            ends_sentence = char in SENTENCE_ENDS and ".." not in text[max(0, place - 1) : place + 2]
            sentence += ends_sentence
            clause += ends_sentence or char in CLAUSE_ENDS + SENTENCE_ENDS
    return words


def _bare(char):
    """Return the letters or digits of a character: é is e, ﬁ is fi, anything else is nothing."""
    if char in APOSTROPHES:
        return ""
    return "".join(c for c in unicodedata.normalize("NFKD", char).casefold() if c.isalnum())


def _is_silent(char):
    """Whether a character doesn't end a word: apostrophes, and what no eye sees."""
    return char in APOSTROPHES or unicodedata.category(char) == "Cf"
