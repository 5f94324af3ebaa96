"""How much is pasted at once, and the words for what is more."""

LONGEST = 500_000
MOST_TAGS = 40_000
# Each tag that never ends is looked for up to the end of the text.
MOST_UNCLOSED = 200
TOO_LONG = (
    "This is too much to paste at once: with its formatting it has more than {:,} characters. "
    "Nothing was changed here. Copy a part of it, paste that, and then the next part."
)
TOO_MANY_TAGS = (
    "The formatting of this text is too involved to be read at once. Nothing was changed here. Paste it in "
    "parts, or paste it without its formatting (Ctrl or ⌘, Shift and V)."
)
NOTHING = "There are no words in what you copied. Pictures are added with the block Figure."


class PastingError(Exception):
    """Nothing can be made of it; the text says why to whoever pasted."""


def refuse_too_much(html: str) -> None:
    """Raise PastingError, before anything looks at the text."""
    if len(html) > LONGEST:
        raise PastingError(TOO_LONG.format(LONGEST))
    tags = html.count("<")
    if tags > MOST_TAGS or tags - html.count(">") > MOST_UNCLOSED:
        raise PastingError(TOO_MANY_TAGS)
