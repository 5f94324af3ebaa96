"""What was read, free of any program's ways: lines and tables, made of pieces of text."""

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    """What a line is."""

    TEXT = "text"
    HEADING = "heading"
    BULLET = "bullet"
    NUMBER = "number"
    QUOTE = "quote"


@dataclass(frozen=True)
class Marks:
    """How a piece of text looks; ``raised`` is ``sup``, ``sub`` or nothing."""

    bold: bool = False
    italic: bool = False
    raised: str = ""
    href: str = ""


@dataclass(frozen=True)
class Piece:
    """Some text that looks alike; a line break in it is a line break."""

    text: str
    marks: Marks = Marks()


@dataclass(frozen=True)
class Line:
    """A paragraph, a heading of some level, or an item of a list at some depth, with the number it bore."""

    kind: Kind
    pieces: tuple[Piece, ...]
    level: int = 0
    number: int = 0

    @property
    def text(self):
        """The words alone."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Table:
    """Rows of cells, each a tuple of pieces; all rows are equally long. The first one heads the columns."""

    rows: tuple[tuple[tuple[Piece, ...], ...], ...]
    caption: str = ""


@dataclass
class Reading:
    """The parts in their order, and how often something was left out or changed."""

    parts: list = field(default_factory=list)
    dropped: Counter = field(default_factory=Counter)
