"""Notes on a request, each sealed for its own row."""

from uuid import UUID

from .keyed_hash import keyed_hash
from .texts import open_text, seal_text


def note_id_for(text: str, *, author: int, record_key: bytes) -> UUID:
    """Return the key of the row for these words of this author: the same one again for the same words.

    Without the request's own key, which is sealed, it tells nothing about them.
    """
    digest = keyed_hash(record_key, f"consultnote|id|{author}", text)
    return UUID(bytes=digest[:16], version=4)


def seal_note(text: str, *, note_id: str, record_key: bytes) -> bytes:
    """Seal a note for the row ``note_id``."""
    return seal_text(text, place=_place(note_id), record_key=record_key)


def open_note(sealed: bytes | memoryview, *, note_id: str, record_key: bytes) -> str:
    """Return the text of a note. Raises EnvelopeProblem where row, key or bytes don't fit."""
    return open_text(sealed, place=_place(note_id), record_key=record_key)


def _place(note_id: str) -> str:
    return f"consultnote|{note_id}|text|1"
