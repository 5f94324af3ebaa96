"""The word lists, as they stand in the folder beside this file. A clinician reads and corrects them.

Each language has a text file: a version, then sections of phrases. ``lists/README.md`` says what each
section does. A file with a mistake is refused as a whole when the site starts.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path

from .tokens import Word, words_of

FOLDER = Path(__file__).parent / "lists"
LANGUAGES = ("en", "es")
PHRASES = (
    "now",
    "mentions",
    "makes it now",
    "negations",
    "no negations",
    "new part",
    "other times",
    "other people",
    "first person",
    "idioms",
)
SINGLE_WORDS = ("left out", "one slip")
SPELLINGS = "spellings"
# A shorter word with a slip in it may well be another word.
SHORTEST_WITH_SLIP = 5


class Phrases:
    """Phrases of bare words, found in a text without trying each of them."""

    def __init__(self, phrases):
        self._phrases = frozenset(phrases)
        lengths = defaultdict(set)
        for phrase in self._phrases:
            lengths[phrase[0]].add(len(phrase))
        self._lengths = dict(lengths)

    def __iter__(self):
        return iter(self._phrases)

    def spans_in(self, words: list[Word]):
        """Yield first place and place after the last of each phrase that lies in one sentence."""
        for first, word in enumerate(words):
            for length in self._lengths.get(word.text, ()):
                found = words[first : first + length]
                if (
                    tuple(w.text for w in found) in self._phrases
                    and len(found) == length
                    and found[-1].sentence == word.sentence
                ):
                    yield first, first + length


@dataclass(frozen=True)
class Lists:
    """The lists of one language."""

    version: str
    sections: dict[str, Phrases]
    spellings: dict[str, tuple[str, ...]]
    left_out: frozenset[str]
    one_slip: frozenset[str]

    def __getitem__(self, section):
        return self.sections[section]

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word of the lists: none of them is a misspelling of another."""
        in_phrases = (word for phrases in self.sections.values() for phrase in phrases for word in phrase)
        return frozenset((*in_phrases, *self.spellings, *self.left_out, *self.one_slip))

    def spelled(self, words: list[Word], known=frozenset()) -> list[Word]:
        """Return the words as the lists spell them, without those that are left out."""
        return [
            word._replace(text=text)
            for word in words
            for text in self._spelled(word.text, known)
            if text not in self.left_out
        ]

    def _spelled(self, text, known):
        if text in self.spellings:
            return self.spellings[text]
        if len(text) < SHORTEST_WITH_SLIP or text in known:
            return (text,)
        return (next((right for right in self.one_slip if is_one_slip(text, right)), text),)


def is_one_slip(one: str, other: str) -> bool:
    """Whether a letter is missing, too much or wrong, or two neighbours are swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if same is None:
        return len(one) != len(other)
    one, other = one[same:], other[same:]
    return (
        one[1:] == other[1:]
        or one[1:] == other
        or one == other[1:]
        or (one[:2] == other[1::-1] and one[2:] == other[2:])
    )


def parse(text: str) -> Lists:
    """Return the lists of a file. Raises ValueError, naming the line."""
    version, entries = "", {name: [] for name in (*PHRASES, *SINGLE_WORDS, SPELLINGS)}
    section = None
    for number, line in enumerate(text.splitlines(), 1):
        line = line.partition("#")[0].strip()
        if line.startswith("version:"):
            version = line.removeprefix("version:").strip()
        elif line.startswith("["):
            section = line.strip("[]")
            if section not in entries:
                raise ValueError(f"line {number}: there is no section {line}")
        elif line and section is None:
            raise ValueError(f"line {number}: a section must come first")
        elif line:
            entries[section] += [entry.strip() for entry in line.split(",") if entry.strip()]
    if not version:
        raise ValueError("the version is missing")
    return _lists(version, entries)


def _lists(version, entries):
    left_out = frozenset(word for entry in entries["left out"] for word in _bare_words(entry))
    spellings = dict(map(_spelling, entries[SPELLINGS]))
    plain = Lists(version, {}, spellings, left_out, frozenset())
    return Lists(
        version=version,
        sections={name: Phrases(_phrases(entries[name], plain)) for name in PHRASES},
        spellings=spellings,
        left_out=left_out,
        one_slip=frozenset(word for entry in entries["one slip"] for word in _bare_words(entry)),
    )


def _spelling(entry):
    wrong, equals, right = entry.partition("=")
    words = _bare_words(wrong)
    if not equals or len(words) != 1:
        raise ValueError(f"“{entry}” is not one word, a sign =, and the right words")
    return words[0], tuple(_bare_words(right))


def _phrases(entries, plain):
    """Write out the alternatives of each entry and spell them as texts are spelled."""
    for entry in entries:
        for words in product(*(word.split("/") for word in entry.split())):
            phrase = tuple(w.text for w in plain.spelled(words_of(" ".join(words))))
            if not phrase:
                raise ValueError(f"“{entry}” holds nothing but words that are left out")
            yield phrase


def _bare_words(text):
    return [word.text for word in words_of(text)]


LISTS = {code: parse((FOLDER / f"{code}.txt").read_text(encoding="utf-8")) for code in LANGUAGES}
KNOWN = frozenset().union(*(lists.known for lists in LISTS.values()))


def versions() -> dict[str, str]:
    """Return which lists are in use, by language."""
    return {code: lists.version for code, lists in LISTS.items()}
