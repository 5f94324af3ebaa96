"""What is in a session, sealed with its key, which only the browser has: the table alone tells nothing of it.

Packages put more into sessions than we would: allauth keeps whole requests there, with their cookies.
"""

import base64
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


def seal(text, session_key) -> str:
    """Seal a text for one session."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + _cipher(session_key).encrypt(nonce, text.encode(), None)
    return base64.b64encode(sealed).decode()


def open_sealed(sealed, session_key) -> str:
    """Return the text; an empty one where it is of another session, or was changed."""
    raw = base64.b64decode(sealed)
    try:
        return _cipher(session_key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None).decode()
    except (InvalidTag, ValueError):
        return ""


def _cipher(session_key):
    # Another key than what the table knows of it: that is a hash without a purpose.
    return AESGCM(hmac.digest(session_key.encode(), b"what is in a session", "sha256"))
