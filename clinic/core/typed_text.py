"""What people type, brought into one form without changing what they mean. Its length is bounded before."""

import re
import unicodedata

# Letters and a sign of which nothing is seen.
FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
# In no language does one letter bear more; without a limit, bringing them in order takes quadratic time.
MOST_MARKS = 30
# What stands around an address copied from a mail, a list or a sentence.
AROUND_ADDRESS = "<>()[]\"'`“”„«»‘’.,;:!"
WIDE = str.maketrans("\uff20\uff0e\u3002\uff1c\uff1e", "@..<>")
# What an address is called, typed before it.
CALLED = re.compile(r"^(?:e-?mail|mail|correo)[:=]", re.IGNORECASE)


def clean_text(text: str) -> str:
    """Return the text without characters that no database or mail can hold, in composed form.

    Line breaks become \\n; NUL, other control characters and lone surrogates go.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        is_kept = char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs")
        if is_kept and marks <= MOST_MARKS:
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


def clean_email(text: str) -> str:
    """Return an address without blanks and without what was copied along with it."""
    text = "".join(without_invisible(text).split()).translate(WIDE)
    before, opening, after = text.rpartition("<")
    if opening and "@" in after:
        text = after.partition(">")[0]
    text = CALLED.sub("", text.strip(AROUND_ADDRESS), count=1)
    if text.casefold().startswith("mailto:"):
        text = text[len("mailto:") :].partition("?")[0]
    return text.strip(AROUND_ADDRESS)


def without_invisible(text: str) -> str:
    """Return the text without marks that no eye sees; copying from a page or a contact brings them along."""
    return "".join(char for char in text if not _is_invisible(char))


def is_seen(text: str) -> bool:
    """Whether anything of a text can be seen: a blank, a mark of direction or an accent alone can't."""
    return any(unicodedata.category(char)[0] not in "ZM" and not _is_invisible(char) for char in text)


def _is_invisible(char):
    return (
        unicodedata.category(char) in ("Cc", "Cf", "Cs")
        and char not in "\n\t\r"
        or char in FILLERS
        or "\ufe00" <= char <= "\ufe0f"
        or char == "\u034f"
    )
