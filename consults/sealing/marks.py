"""Marks: signatures by which the staff side knows what the form really accepted (Ed25519, RFC 8032).

Whoever takes a request in signs it, and each receipt of consent with it; whoever looks needs the public half
alone. The key for sealing is no secret: with it anybody who can write to the database makes an envelope that
opens, but no mark.

Layout: version byte 0x01 | number of the signing key (2 bytes, big endian) | signature (64 bytes). What is
signed stands nowhere as such: it is made again from the row, so that no part of it can be exchanged.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .keys import SealingKey

VERSION = b"\x01"
HEADER_BYTES = 3
MARK_BYTES = HEADER_BYTES + 64

# What of a request's clear columns never changes as long as it has contents. Priority and the wish for a copy
# do; by what they say nobody is reached.
SIGNED_COLUMNS = (
    "best_times",
    "time_zone",
    "location",
    "locale",
    "channel",
    "source_section",
    "campaign",
    "heard_from",
    "is_canary",
)
SIGNED_INDEXES = ("phone_index", "phone_end_index", "email_index")
# Everything that a receipt says. The hash of its text follows from the text.
SIGNED_OF_RECEIPT = (
    "reference",
    "purpose",
    "text",
    "text_sha256",
    "version",
    "version_is_proven",
    "locale",
    "channel",
    "page",
)


def make_mark(statement: bytes, *, key: SealingKey) -> bytes:
    """Return the mark that the holder of a signing key puts under a statement."""
    signature = _signing_key(key).sign(statement)
    return VERSION + key.key_id.to_bytes(2, "big") + signature


@lru_cache(maxsize=4)
def _signing_key(key: SealingKey) -> Ed25519PrivateKey:
    """Return the key as what signs with it; making that costs more than a signature."""
    return Ed25519PrivateKey.from_private_bytes(key.raw)


def is_marked(
    statement: bytes, mark: bytes | memoryview | None, *, public_keys: Mapping[int, SealingKey]
) -> bool:
    """Whether a mark was made for this very statement by the holder of one of these keys."""
    mark = bytes(mark or b"")
    if len(mark) != MARK_BYTES or mark[:1] != VERSION:
        return False
    key = public_keys.get(int.from_bytes(mark[1:HEADER_BYTES], "big"))
    if key is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(mark[HEADER_BYTES:], statement)
    except (InvalidSignature, ValueError):
        return False
    return True


def request_statement(
    *,
    reference: str,
    idempotency_key: str,
    key_id: int,
    envelope: bytes | memoryview,
    received_at: datetime,
    columns: Mapping[str, Any],
    indexes: Mapping[str, int | None],
    purposes: Iterable[str],
) -> bytes:
    """Return what the mark of a request is made for; ``purposes`` are those of its receipts."""
    return _statement(
        "consult-request/1",
        reference,
        idempotency_key,
        key_id,
        hashlib.sha256(bytes(envelope)).hexdigest(),
        _moment(received_at),
        [columns[name] for name in SIGNED_COLUMNS],
        [indexes.get(name) for name in SIGNED_INDEXES],
        sorted(purposes),
    )


def receipt_statement(receipt: Any) -> bytes:
    """Return what the mark of a receipt is made for: all that the row says."""
    said = [getattr(receipt, name) for name in SIGNED_OF_RECEIPT]
    return _statement("consent-receipt/1", *said, _moment(receipt.agreed_at))


def _statement(*parts: Any) -> bytes:
    return json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode()


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
