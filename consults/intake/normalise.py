"""Bringing what people type into one form, without changing what they mean."""

import re
import unicodedata

# Blanks that no eye sees and that copying from a web page or a chat brings along.
INVISIBLE = re.compile(r"[\u00a0\u200b-\u200d\u2060\ufeff]")


def clean_text(text: str) -> str:
    """Return the text without characters that no database or mail can hold, in composed form.

    Line breaks become \\n; NUL, other control characters and lone surrogates go.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept))


def clean_email(text: str) -> str:
    """Return an address without any blanks."""
    return re.sub(r"\s", "", INVISIBLE.sub("", text))


def phone_digits(text: str) -> str:
    """Return the digits of a number without its extension."""
    number = re.split(r"(?:ext\.?|x|#)", text, maxsplit=1, flags=re.IGNORECASE)[0]
    return re.sub(r"\D", "", number)
