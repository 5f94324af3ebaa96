"""Text as it is judged: whatever somebody did to its letters, the words are the same."""

import re
import unicodedata

# Accents, soft hyphens, joiners, marks of direction: seen by nobody, between the letters of a word.
_INVISIBLE = re.compile(
    "[\u0300-\u036f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′´`ʼ", "'"),
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("‐‑‒–−", "-"),
        "—": " - ",
        "―": " - ",
        "&": " and ",
        "⁄": "/",
        "…": "...",
    }
)
_NOT = [(re.compile(r"\bcan't\b|\bcannot\b"), "can not"), (re.compile(r"\bwon't\b"), "will not")]
_SHORT_NOT = re.compile(r"(?<=\w)n't\b")
_HYPHEN = re.compile(r"(?<=[^\W\d])-(?=[^\W\d])|(?<=[^\W\d])-(?=\d)|(?<=\d)-(?=[^\W\d])")
_SPACES = re.compile(r"\s+")


def clean(text):
    """Return text as people see it: no invisible marks, one space where there are many."""
    return _SPACES.sub(" ", _without_invisible(text)).strip()


def plain(text):
    """Return text to be judged: small letters without accents, “not” written out, no hyphens inside words."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKD", text)).casefold().translate(_SIGNS)
    for short, long in _NOT:
        text = short.sub(long, text)
    text = _HYPHEN.sub(" ", _SHORT_NOT.sub(" not", text))
    return _SPACES.sub(" ", text).strip()


def _without_invisible(text):
    """Composed letters keep their accents; only loose marks and what has no width go."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
