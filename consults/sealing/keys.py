"""Keys of the consultation requests, as they stand in the environment.

Each key is drawn on its own and none derives from another: whoever holds one learns nothing
of the rest. Sealing and signing keys bear a number, so that a new one can take over while old
requests still open, and still count as accepted.
"""

import base64
import binascii
import secrets
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

KEY_BYTES = 32
MAX_KEY_ID = 2**16 - 1


class KeyProblem(ValueError):
    """A key is missing or can't be read; the message never holds the key."""


class SealingKey(NamedTuple):
    """One half of a pair of keys for sealing or signing: its number and its 32 raw bytes."""

    key_id: int
    raw: bytes


def parse_sealing_key(text: str) -> SealingKey:
    """Read a key written as ``number:base64``. Raises KeyProblem."""
    number, separator, encoded = text.strip().partition(":")
    if not separator or not number.isascii() or not number.isdigit() or int(number) > MAX_KEY_ID:
        raise KeyProblem("A sealing key is written as its number, a colon and the key.")
    return SealingKey(int(number), parse_secret(encoded))


def parse_sealing_keys(text: str) -> dict[int, SealingKey]:
    """Read comma-separated private keys, by number. An empty text gives none. Raises KeyProblem."""
    keys = [parse_sealing_key(part) for part in text.split(",") if part.strip()]
    return {key.key_id: key for key in keys}


def parse_secret(text: str) -> bytes:
    """Read 32 bytes written in URL-safe base64. Raises KeyProblem."""
    try:
        raw = base64.urlsafe_b64decode(text.strip() + "=" * (-len(text.strip()) % 4))
    except (binascii.Error, ValueError):
        raise KeyProblem("A key is not written in base64.") from None
    if len(raw) != KEY_BYTES:
        raise KeyProblem(f"A key does not have {KEY_BYTES} bytes.")
    return raw


def is_pair(public_key: SealingKey, private_keys: dict[int, SealingKey]) -> bool:
    """Whether what is sealed with the public key opens with the private key of its number."""
    private = private_keys.get(public_key.key_id)
    if private is None:
        return False
    half = X25519PrivateKey.from_private_bytes(private.raw).public_key()
    return half.public_bytes_raw() == public_key.raw


def is_signing_pair(private_key: SealingKey, public_keys: dict[int, SealingKey]) -> bool:
    """Whether what is signed with the private key counts with the public key of its number."""
    public = public_keys.get(private_key.key_id)
    half = Ed25519PrivateKey.from_private_bytes(private_key.raw).public_key()
    return public is not None and half.public_bytes_raw() == public.raw


def new_signing_pair(number: int = 1) -> dict[str, str]:
    """Return fresh values for the two variables of a signing key, such as for a second process."""
    private = Ed25519PrivateKey.generate()
    return {
        "CONSULTS_SIGNING_PRIVATE_KEY": f"{number}:{_encode(private.private_bytes_raw())}",
        "CONSULTS_SIGNING_PUBLIC_KEYS": f"{number}:{_encode(private.public_key().public_bytes_raw())}",
    }


def new_secrets() -> dict[str, str]:
    """Return fresh values for every key variable of the environment."""
    private = X25519PrivateKey.generate()
    return {
        "CONSULTS_SEALING_PUBLIC_KEY": f"1:{_encode(private.public_key().public_bytes_raw())}",
        "CONSULTS_SEALING_PRIVATE_KEYS": f"1:{_encode(private.private_bytes_raw())}",
        **new_signing_pair(),
        "CONSULTS_REFERENCE_KEY": _encode(secrets.token_bytes(KEY_BYTES)),
        "CONSULTS_IDEMPOTENCY_KEY": _encode(secrets.token_bytes(KEY_BYTES)),
        "CONSULTS_TOKEN_KEY": _encode(secrets.token_bytes(KEY_BYTES)),
        "CONSULTS_INDEX_KEY": _encode(secrets.token_bytes(KEY_BYTES)),
        "CONSULTS_NETWORK_KEY": _encode(secrets.token_bytes(KEY_BYTES)),
        "CONSULTS_AUDIT_KEY": _encode(secrets.token_bytes(KEY_BYTES)),
        "CONSULTS_STOP_KEY": _encode(secrets.token_bytes(KEY_BYTES)),
        "STAFF_FACTOR_KEY": _encode(secrets.token_bytes(KEY_BYTES)),
    }


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
