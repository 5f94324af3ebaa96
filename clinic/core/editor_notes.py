"""What the editor of a page shows above its fields: apps register what they have to say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from wagtail.admin.panels import Panel
from wagtail.models import Page

# What is shown of one heading; a page with more faults is mended from the top.
MOST = 30


@dataclass(frozen=True)
class Row:
    """One thing to mend: what it is called, what is said of it, its place as Wagtail's editor names it."""

    label: str
    text: str
    path: str = ""


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


class NotesPanel(Panel):
    """Shows the notes of the draft that is opened, each row with a link to its place."""

    class BoundPanel(Panel.BoundPanel):
        """The notes on one page."""

        template_name = "core/editor_notes.html"

        def is_shown(self):
            """Show nothing where nothing was saved yet, or nobody has something to say."""
            return super().is_shown() and bool(self.instance.pk) and bool(self.notes)

        @property
        def notes(self):
            """The notes that have rows; asked once."""
            if not hasattr(self, "_notes"):
                said = [note for writer in _writers for note in writer(self.instance)]
                self._notes = [note for note in said if note.rows]
            return self._notes

        def get_context_data(self, parent_context=None):
            """Add ``notes``."""
            return {**super().get_context_data(parent_context), "notes": self.notes}
