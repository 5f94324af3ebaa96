"""Making an index: whole or not at all. The worker does it a while at a time, a visitor's process at once."""

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkstemp

from clinic.core import generation

from . import documents
from .index import Answer, Index, IndexWriter

# The worker has other duties: it goes on in its next round.
SECONDS_AT_ONCE = 3.0


class IndexFile:
    """A file that is being filled beside the one that holds. Raises OSError, sqlite3.Error on a full disk."""

    def __init__(self, target: Path):
        target.parent.mkdir(parents=True, exist_ok=True)
        # Processes of other users read it.
        target.parent.chmod(0o755)
        self._target = target
        handle, name = mkstemp(dir=target.parent, prefix=".new", suffix=target.suffix)
        os.close(handle)
        self._draft = Path(name)
        try:
            self.writer = IndexWriter(name)
        except BaseException:
            self._draft.unlink(missing_ok=True)
            raise

    def finish(self, number: int) -> None:
        """Put it in the place of the one before, in one step."""
        self.writer.finish(number)
        self.writer.close()
        # Nothing in it is secret, and several processes read it.
        self._draft.chmod(0o644)
        with self._draft.open("rb") as file:
            # Or a power cut could leave the new name with nothing in it.
            os.fsync(file.fileno())
        self._draft.replace(self._target)

    def discard(self) -> None:
        """Leave nothing behind."""
        with contextlib.suppress(sqlite3.Error):
            self.writer.close()
        with contextlib.suppress(OSError):
            self._draft.unlink(missing_ok=True)


class Building:
    """An index of one generation on its way. Steps are small; the last one makes it whole."""

    def __init__(self, target: Path):
        # Before anything is read: whatever changes from now on makes another generation.
        self.number = generation.current()
        self._keys = documents.public_keys()
        self._file = IndexFile(target)
        self._steps = fill(self._file.writer, self._keys)

    def go_on(self, seconds: float) -> bool:
        """Work for a while; return whether it is done. Raises django.db.Error, OSError, sqlite3.Error."""
        until = time.monotonic() + seconds
        try:
            for _step in self._steps:
                if time.monotonic() > until:
                    return False
            # What changed meanwhile may be in one half only; the next round begins anew.
            if generation.current() == self.number:
                self._file.finish(self.number)
            else:
                self._file.discard()
        except BaseException:
            self._file.discard()
            raise
        return True

    def discard(self) -> None:
        """Give up."""
        self._file.discard()


def build_in_memory() -> Index:
    """Return an index of the present generation that needs no disk. Raises django.db.Error."""
    number = generation.current()
    writer = IndexWriter(":memory:")
    for _step in fill(writer, documents.public_keys()):
        pass
    writer.finish(number)
    return writer.as_index()


def fill(writer: IndexWriter, keys: list[int]) -> Iterator[None]:
    """Put everything into an index, and pause after every few pages."""
    for answer in documents.answers():
        writer.add_answer(as_kept(answer))
    for document in documents.fixed_documents():
        writer.add(document)
    for first in range(0, len(keys), documents.PAGES_AT_ONCE):
        for document in documents.documents_of(keys[first : first + documents.PAGES_AT_ONCE]):
            writer.add(document)
        yield


def as_kept(answer) -> Answer:
    """Return a pinned answer as the index keeps it."""
    page = answer.page
    return Answer(
        phrases=answer.phrases,
        title=answer.title,
        sentence=answer.sentence,
        leads_to=answer.leads_to,
        page=page.pk if page else 0,
        place=page.url_path if page else "",
        address=(page.url or "") if page else "",
        language=answer.language,
    )
