"""Words in the bare form in which they are compared: without capitals and accents."""

import re
import unicodedata

# Nothing longer is a word that somebody looks for.
LONGEST_WORD = 40
WORD = re.compile(r"[^\W_]+")


def bare(text: str) -> str:
    """Return the text without capitals and accents: é is e, ﬁ is fi."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char))


def bare_words(text: str) -> list[str]:
    """Return the bare words of a text, in its order."""
    return [word[:LONGEST_WORD] for word in WORD.findall(bare(text))]
