"""Notes and e-mails on a request, sealed with the key that lies in its envelope (AES-256-GCM).

``place`` says where a text belongs (model, row, field, version): in another place it doesn't open.
"""

import secrets
from collections.abc import Mapping
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .envelope import EnvelopeProblem
from .keyed_hash import keyed_hash

NONCE_BYTES = 12
# Of an e-mail: subject, prepared words and sent words, each sealed for its own column.
PARTS = ("subject", "base", "text")


def seal_text(text: str, *, place: str, record_key: bytes) -> bytes:
    """Seal a text for one place."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(record_key).encrypt(nonce, text.encode(), place.encode())


def open_text(sealed: bytes | memoryview, *, place: str, record_key: bytes) -> str:
    """Return the text. Raises EnvelopeProblem where place, key or bytes don't fit."""
    sealed = bytes(sealed)
    try:
        text = AESGCM(record_key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError):
        raise EnvelopeProblem("What was written does not belong here or was changed.") from None
    return text.decode()


def note_id_for(text: str, *, author: int, record_key: bytes) -> UUID:
    """Return the key of the row for these words of this author: the same one again for the same words.

    Without the request's own key, which is sealed, it tells nothing about them.
    """
    digest = keyed_hash(record_key, f"consultnote|id|{author}", text)
    return UUID(bytes=digest[:16], version=4)


def seal_note(text: str, *, note_id: str, record_key: bytes) -> bytes:
    """Seal a note for the row ``note_id``."""
    return seal_text(text, place=_note_place(note_id), record_key=record_key)


def open_note(sealed: bytes | memoryview, *, note_id: str, record_key: bytes) -> str:
    """Return the text of a note. Raises EnvelopeProblem where row, key or bytes don't fit."""
    return open_text(sealed, place=_note_place(note_id), record_key=record_key)


def _note_place(note_id: str) -> str:
    return f"consultnote|{note_id}|text|1"


def seal_reply(parts: dict[str, str], *, reply_id: str, record_key: bytes) -> dict[str, bytes]:
    """Seal the parts for the row ``reply_id``, by column."""
    return {
        part: seal_text(parts[part], place=_reply_place(reply_id, part), record_key=record_key)
        for part in PARTS
    }


def open_reply(
    sealed: Mapping[str, bytes | memoryview], *, reply_id: str, record_key: bytes
) -> dict[str, str]:
    """Return the parts. Raises EnvelopeProblem where row, column, key or bytes don't fit."""
    return {
        part: open_text(sealed[part], place=_reply_place(reply_id, part), record_key=record_key)
        for part in PARTS
    }


def _reply_place(reply_id: str, part: str) -> str:
    return f"sealedreply|{reply_id}|{part}|1"
