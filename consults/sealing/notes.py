"""Notes on a request, each sealed for its own row."""

from .texts import open_text, seal_text


def seal_note(text: str, *, note_id: str, record_key: bytes) -> bytes:
    """Seal a note for the row ``note_id``."""
    return seal_text(text, place=_place(note_id), record_key=record_key)


def open_note(sealed: bytes, *, note_id: str, record_key: bytes) -> str:
    """Return the text of a note. Raises EnvelopeProblem where row, key or bytes don't fit."""
    return open_text(sealed, place=_place(note_id), record_key=record_key)


def _place(note_id: str) -> str:
    return f"consultnote|{note_id}|text|1"
