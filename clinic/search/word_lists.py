"""The lists of words that come along; lists/README.md says what each does. A mistake stops the start."""

from pathlib import Path

from .words import bare_words

FOLDER = Path(__file__).parent / "lists"
Phrase = tuple[str, ...]


def _lines(name):
    """Yield the lines of a list without remarks."""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line := line.partition("#")[0].strip():
            yield line


def phrase_of(text: str) -> Phrase:
    """Return a text as a phrase of bare words."""
    return tuple(bare_words(text))


def _meanings(name):
    """Return what each phrase of a list means besides itself. Raises ValueError, naming the line."""
    found: dict[Phrase, list[Phrase]] = {}
    for line in _lines(name):
        left, equals, right = line.partition("=")
        meant = [phrase_of(part) for part in right.split(",")]
        said = [phrase_of(part) for part in left.split(",")]
        if not equals or not all(said) or not all(meant):
            raise ValueError(f"{name}.txt: “{line}” is not words, a sign =, and what they mean")
        for phrase in said:
            found[phrase] = list(dict.fromkeys([*found.get(phrase, []), *meant]))
    return found


ENGLISH = _meanings("english")
SPANISH = _meanings("spanish")
# A word of both languages means both.
MEANINGS: dict[Phrase, list[Phrase]] = {
    phrase: list(dict.fromkeys([*ENGLISH.get(phrase, []), *SPANISH.get(phrase, [])]))
    for phrase in [*ENGLISH, *SPANISH]
}
LONGEST_PHRASE = max(map(len, MEANINGS))
LEFT_OUT = frozenset(word for line in _lines("left_out") for word in bare_words(line))
# What a question begins with.
ASKING = frozenset(word for line in _lines("asking") for word in bare_words(line))
# Words that tell about medicine, and about nobody.
SUBJECTS = frozenset(word for line in _lines("subjects") for word in bare_words(line))
# Every word of the lists: misspelt ones are looked for among them too.
KNOWN = frozenset(word for phrase in MEANINGS for word in phrase) | SUBJECTS
