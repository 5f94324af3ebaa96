"""What a caller says of themselves, and whether a request fits it: a name, or any part of what they gave.

Every part has to fit somewhere. Names are compared as they sound to whoever types them: without accents,
in plain letters of whatever script, and with a slip of the finger or two.
"""

import re
import unicodedata
from dataclasses import dataclass

from anyascii import anyascii

from clinic.core.slips import distance_of, may_be_near, slips_allowed
from clinic.core.typed_text import without_invisible
from consults.enums import FoundBy
from consults.references import DIGITS, LETTERS

# Letters and digits; of fewer, everybody has some.
SHORTEST = 3
MOST_PARTS = 8
NUMBER = re.compile(r"[\d().+/-]*\d[\d().+/-]*")
PLAIN_WORD = re.compile(r"[a-z]+")
BETWEEN_PARTS = re.compile(r"[\s,;]+")
# O'Brien is one word.
APOSTROPHES = str.maketrans("", "", "'’ʼ`´")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
IN_REFERENCES = frozenset(LETTERS + DIGITS)


@dataclass(frozen=True)
class Given:
    """What one request holds of somebody, in the form in which it is compared."""

    reference: str
    digits: str
    email: str
    words: tuple[str, ...]
    # The name from each word to its end, as one word: however somebody sets its words apart.
    endings: tuple[str, ...]

    @classmethod
    def of(cls, reference: str, contents: dict) -> "Given":
        """Read it from opened contents."""
        words = words_of(contents.get("name", ""))
        numbers = (contents.get("phone_e164", ""), contents.get("phone", ""))
        return cls(
            reference=reference,
            # A blank between: the end of one and the beginning of the other are no number.
            digits=" ".join(_digits(number) for number in numbers),
            email=contents.get("email", "").casefold().translate(APOSTROPHES),
            words=words,
            endings=tuple("".join(words[n:]) for n in range(len(words))),
        )


@dataclass(frozen=True)
class Said:
    """What was typed, in parts."""

    parts: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Said":
        """Take a text apart; the groups of one number are one part."""
        parts: list[str] = []
        before_is_number = False
        text = unicodedata.normalize("NFKC", without_invisible(text)).translate(DASHES)
        for part in BETWEEN_PARTS.split(text.casefold().translate(APOSTROPHES)):
            # What stands between two names, such as "&".
            if not any(char.isalnum() for char in part):
                continue
            is_number = NUMBER.fullmatch(part) is not None
            part = _digits(part) if is_number else part
            if is_number and before_is_number:
                parts[-1] += part
            else:
                parts.append(part)
            before_is_number = is_number
        return cls(tuple(parts[:MOST_PARTS]))

    @property
    def is_number(self) -> bool:
        """Whether it is a number, or a part of one, and nothing else."""
        return bool(self.parts) and all(part.isdecimal() for part in self.parts)

    @property
    def is_too_short(self) -> bool:
        """Whether it says too little to look for."""
        return sum(char.isalnum() for part in self.parts for char in anyascii(part)) < SHORTEST

    def fits(self, given: Given) -> FoundBy | None:
        """Return by what a request fits, in all parts; None where one doesn't."""
        if self._is_begun_name(given):
            return FoundBy.NAME
        ways = [_fit(part, given) for part in self.parts]
        if not ways or None in ways:
            return None
        order = list(FoundBy)
        return max(ways, key=order.index)

    def _is_begun_name(self, given):
        """Whether it begins as the name does, or its end, however the words are set apart."""
        together = "".join(word for part in self.parts for word in words_of(part))
        is_name = any(ending.startswith(together) for ending in given.endings)
        return len(together) >= SHORTEST and is_name and self._has_no_digits()

    def _has_no_digits(self):
        return not any(char.isdigit() for part in self.parts for char in part)


def _fit(part, given):
    if part.isdecimal():
        by_number = FoundBy.PHONE if part in given.digits else None
        return by_number or (FoundBy.EMAIL if part in given.email else None)
    if _is_of_reference(part, given.reference):
        return FoundBy.REFERENCE
    words = words_of(part)
    if words and all(any(ending.startswith(word) for ending in given.endings) for word in words):
        return FoundBy.NAME
    if len(part) >= SHORTEST and part in given.email:
        return FoundBy.EMAIL
    if words and all(any(_is_near(word, own) for own in given.words) for word in words):
        return FoundBy.NEAR_NAME
    return None


def _is_of_reference(part, reference):
    letters = part.upper().replace("-", "")
    has_both = any(char.isdigit() for char in letters) and any(char.isalpha() for char in letters)
    return (
        has_both and len(letters) >= SHORTEST and IN_REFERENCES.issuperset(letters) and letters in reference
    )


def _is_near(word, own):
    """Whether a word is another one, or the beginning of it, but for a slip."""
    # Of fewer letters nearly every name begins so.
    if len(word) < SHORTEST:
        return False
    whole = max(slips_allowed(word), slips_allowed(own))
    return _lies_within(word, own, whole) or _lies_within(word, own[: len(word)], slips_allowed(word))


def _lies_within(one, other, slips):
    return slips > 0 and may_be_near(one, other, slips) and distance_of(one, other, slips) <= slips


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name in plain small letters."""
    return tuple(PLAIN_WORD.findall(anyascii(text.translate(APOSTROPHES)).casefold()))


def _digits(text):
    return "".join(str(int(char)) for char in text if char.isdecimal())
