"""What the editor of a page shows above its fields: apps register what they have to say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from wagtail.models import Page

# What is shown of one heading; a page with more faults is mended from the top.
MOST = 30


@dataclass(frozen=True)
class Row:
    """One thing to mend: what it is called, what is said of it, its place as Wagtail's editor names it, and
    the words there that it is about.
    """

    label: str
    text: str
    path: str = ""
    words: str = ""


@dataclass(frozen=True)
class Note:
    """A heading with rows; a note without rows is not shown."""

    heading: str
    rows: list[Row] = field(default_factory=list)

    @property
    def shown(self):
        """The rows that are shown."""
        return self.rows[:MOST]

    @property
    def more(self):
        """How many rows are left out."""
        return max(0, len(self.rows) - MOST)


Writer = Callable[[Page], Iterable[Note]]
_writers: list[Writer] = []


def editor_note(writer: Writer) -> Writer:
    """Register a function that yields notes on a page as the editor opens it."""
    _writers.append(writer)
    return writer


def notes_of(page: Page) -> list[Note]:
    """Return the notes on a page that have rows."""
    return [note for writer in _writers for note in writer(page) if note.rows]
