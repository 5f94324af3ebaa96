"""What may be kept of a text in place of the text: only whoever has the key can make it, or find it again."""

import hmac


def keyed_hash(key: bytes, purpose: str, text: str) -> bytes:
    """Return the keyed hash of a text in its normal form: 32 bytes that no other purpose makes of it.

    Rows keep such hashes for years, so what goes in must stay as it is, byte by byte.
    """
    return hmac.digest(key, f"{purpose}|{text}".encode(), "sha256")
