"""From the HTML of a clipboard to what an editor's form holds."""

from typing import NamedTuple

from .limits import NOTHING, PastingError
from .links import links_in, targets_of
from .reading import read_clipboard
from .said import sentences
from .writing import Story, write_rich_text, write_story


class Pasted(NamedTuple):
    """What came out, and what is to be said of it."""

    value: str | Story
    said: list[str]


def as_rich_text(html: str, takes) -> Pasted:
    """Return rich text for a field that takes these features. Raises PastingError."""
    return _converted(html, lambda parts, targets, lost: write_rich_text(parts, takes, targets, lost))


def as_story(html: str) -> Pasted:
    """Return the blocks of a whole text. Raises PastingError."""
    return _converted(html, write_story)


def _converted(html, write):
    reading = read_clipboard(html)
    if not reading.parts:
        raise PastingError(NOTHING)
    links = links_in(reading.parts)
    targets = targets_of(links)
    lost = reading.dropped
    lost["link"] += sum(not href.startswith("#") for href in links if href not in targets)
    return Pasted(write(reading.parts, targets, lost), sentences(lost))
