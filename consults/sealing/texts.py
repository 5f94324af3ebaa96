"""Short texts on a request, sealed with the key that lies in its envelope (AES-256-GCM).

``place`` says where a text belongs (model, row, field, version): in another place it doesn't open.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .envelope import EnvelopeProblem

NONCE_BYTES = 12


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
