"""Notes on a request, sealed with the key that lies in its envelope (AES-256-GCM)."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .envelope import EnvelopeProblem

NONCE_BYTES = 12


def seal_note(text: str, *, note_id: str, record_key: bytes) -> bytes:
    """Seal a note for the row ``note_id``."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(record_key).encrypt(nonce, text.encode(), _context(note_id))


def open_note(sealed: bytes, *, note_id: str, record_key: bytes) -> str:
    """Return the text of a note. Raises EnvelopeProblem where row, key or bytes don't fit."""
    sealed = bytes(sealed)
    try:
        text = AESGCM(record_key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _context(note_id))
    except (InvalidTag, ValueError):
        raise EnvelopeProblem("The note does not belong here or was changed.") from None
    return text.decode()


def _context(note_id: str) -> bytes:
    return f"consultnote|{note_id}|text|1".encode()
