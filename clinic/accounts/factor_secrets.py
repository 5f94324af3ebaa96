"""Sealing what second factors are made of: a copy of the database gives nobody a code."""

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

# Of AES-GCM, as NIST SP 800-38D recommends (bytes).
NONCE_BYTES = 12
# What the key is for: the same key would open nothing else.
CONTEXT = b"accounts/factor/1"


class FactorSecretProblem(ValueError):
    """A secret doesn't open with the key of the settings; the message holds nothing of it."""


def seal(text: str) -> str:
    """Return the text sealed, in URL-safe base64."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return base64.urlsafe_b64encode(nonce + _cipher().encrypt(nonce, text.encode(), CONTEXT)).decode()


def unseal(sealed: str) -> str:
    """Return the text. Raises FactorSecretProblem."""
    try:
        raw = base64.urlsafe_b64decode(sealed)
        return _cipher().decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], CONTEXT).decode()
    except (binascii.Error, ValueError, InvalidTag):
        raise FactorSecretProblem("A second factor was not sealed with this key.") from None


def _cipher():
    key = settings.STAFF_FACTOR_KEY
    return AESGCM(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)))
