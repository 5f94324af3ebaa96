"""Sentences of a text, and how hard they are to read."""

import re

_END = re.compile(r"[.!?…]+[\"”’»)\]]*\s+|\n+")
_ABBREVIATION = re.compile(
    r"\b(?:Dr|Dra|Mr|Mrs|Ms|Sr|Sra|St|vs|No|Fig|approx|al|etc|e\.g|i\.e|p\.m|a\.m|U\.S|Inc|[A-Z])\.$"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,:]\d+)*")
_VOWELS = re.compile(r"[aeiouyáéíóúü]+")
# No sentence of a person is longer; what is longer is read in pieces, so that time stays bounded.
MOST_CHARACTERS = 1000
# With fewer words a grade says nothing.
LEAST_WORDS = 100


def sentences_of(text):
    """Return the sentences of a text, in order; one without end in pieces."""
    found, start = [], 0
    for end in _END.finditer(text):
        before, after = text[start : end.end()].rstrip(), text[end.end() : end.end() + 1]
        if "\n" not in end[0] and (after.islower() or _ABBREVIATION.search(before[-8:])):
            continue
        found.append(before)
        start = end.end()
    found.append(text[start:].strip())
    return [piece for sentence in found if sentence for piece in _pieces(sentence)]


def _pieces(sentence):
    while len(sentence) > MOST_CHARACTERS:
        cut = sentence.rfind(" ", 0, MOST_CHARACTERS)
        cut = cut if cut > 0 else MOST_CHARACTERS
        yield sentence[:cut]
        sentence = sentence[cut:].lstrip()
    yield sentence


def words_of(text):
    """Return the words of a text."""
    return _WORD.findall(text)


def grade_of(texts):
    """Return the year of school that paragraphs read like (Flesch and Kincaid); 0 for a few words."""
    sentences = [sentence for text in texts for sentence in sentences_of(text)]
    words = [word for sentence in sentences for word in words_of(sentence)]
    if len(words) < LEAST_WORDS:
        return 0
    syllables = sum(_syllables(word.lower()) for word in words)
    return round(0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59)


def _syllables(word):
    silent = word.endswith("e") and not word.endswith(("le", "ee", "ie"))
    return max(1, len(_VOWELS.findall(word)) - silent)
