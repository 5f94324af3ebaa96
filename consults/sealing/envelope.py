"""The sealed envelope of a request: HPKE (RFC 9180), so that sealing needs the public key alone.

Layout: version byte 0x01 | key number (2 bytes, big endian) | HPKE ciphertext. The reference is
bound in through HPKE's ``info``: an envelope in the wrong row doesn't open.
"""

import json
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from .keys import KEY_BYTES, SealingKey

VERSION = b"\x01"
CONTEXT = b"consult/v1|"
HEADER_BYTES = 3
# Contents are padded to a multiple of this, so that their length tells little.
PADDING_BLOCK = 256

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class EnvelopeProblem(ValueError):
    """An envelope can't be opened: wrong row, wrong key, changed bytes, no contents. Never holds any."""


def seal(contents: dict, *, reference: str, public_key: SealingKey, block: int = PADDING_BLOCK) -> bytes:
    """Seal the contents for one reference, with a fresh key for the record's notes inside.

    They are padded to a whole number of blocks of so many bytes.
    """
    record_key = secrets.token_bytes(KEY_BYTES).hex()
    text = json.dumps({"contents": contents, "record_key": record_key}, ensure_ascii=True)
    # JSON allows trailing blanks, so the padding needs no removing.
    padded = text.ljust(-(-len(text) // block) * block).encode()
    sealed = SUITE.encrypt(padded, X25519PublicKey.from_public_bytes(public_key.raw), info=_info(reference))
    return VERSION + public_key.key_id.to_bytes(2, "big") + sealed


def open_envelope(
    blob: bytes | memoryview, *, reference: str, private_keys: dict[int, SealingKey]
) -> tuple[dict, bytes]:
    """Return the contents and the record key. Raises EnvelopeProblem; never returns wrong data."""
    blob = bytes(blob)
    if len(blob) <= HEADER_BYTES or blob[:1] != VERSION:
        raise EnvelopeProblem("This is no envelope of ours.")
    key = private_keys.get(key_id_of(blob))
    if key is None:
        raise EnvelopeProblem(f"The private key number {key_id_of(blob)} is not here.")
    try:
        private = X25519PrivateKey.from_private_bytes(key.raw)
        text = SUITE.decrypt(blob[HEADER_BYTES:], private, info=_info(reference))
    except (InvalidTag, ValueError):
        raise EnvelopeProblem("The envelope does not belong here or was changed.") from None
    return _read(text)


def _read(text: bytes) -> tuple[dict, bytes]:
    """Return what ``seal`` put in; whoever has the public key alone can seal anything."""
    try:
        opened = json.loads(text)
        contents, record_key = opened["contents"], bytes.fromhex(opened["record_key"])
        # Only what has named parts is of use to anybody.
        return dict(contents.items()), record_key
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise EnvelopeProblem("The envelope holds nothing that a form sends.") from None


def key_id_of(blob: bytes | memoryview) -> int:
    """Return the number of the key an envelope was sealed for."""
    return int.from_bytes(bytes(blob[1:HEADER_BYTES]), "big")


def _info(reference: str) -> bytes:
    return CONTEXT + reference.encode()
