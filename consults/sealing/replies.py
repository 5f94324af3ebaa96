"""E-mails to the person who asked: subject, prepared words and sent words, each sealed for its own column."""

from collections.abc import Mapping

from .texts import open_text, seal_text

PARTS = ("subject", "base", "text")


def seal_reply(parts: dict[str, str], *, reply_id: str, record_key: bytes) -> dict[str, bytes]:
    """Seal the parts for the row ``reply_id``, by column."""
    return {
        part: seal_text(parts[part], place=_place(reply_id, part), record_key=record_key) for part in PARTS
    }


def open_reply(
    sealed: Mapping[str, bytes | memoryview], *, reply_id: str, record_key: bytes
) -> dict[str, str]:
    """Return the parts. Raises EnvelopeProblem where row, column, key or bytes don't fit."""
    return {
        part: open_text(sealed[part], place=_place(reply_id, part), record_key=record_key) for part in PARTS
    }


def _place(reply_id: str, part: str) -> str:
    return f"sealedreply|{reply_id}|{part}|1"
