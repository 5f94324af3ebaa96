"""Finding sealed contact data again without opening it.

An index is a keyed hash cut to a few bits, so that several people share each value: it yields a
handful of candidates to open, and tells a thief without the key nothing. Source of the idea: the
truncated blind indexes of CipherSweet. With R requests, keep 2 ≤ R / 2^bits ≤ √R.
"""

import unicodedata

from .keyed_hash import keyed_hash

MIN_BITS, MAX_BITS = 4, 24
PHONE_END_DIGITS = 4


def blind_index(key: bytes, kind: str, value: str, *, bits: int) -> int | None:
    """Return the index of a value in its normal form; None for an empty one."""
    if not value:
        return None
    return int.from_bytes(keyed_hash(key, kind, value)[:4], "big") >> (32 - bits)


def normal_email(email: str) -> str:
    """Return the form of an address under which it is found again."""
    return unicodedata.normalize("NFKC", email).casefold().strip()


def indexes_of(key: bytes, *, phone: str, email: str, bits: int) -> dict[str, int | None]:
    """Return the indexes of a phone number (E.164 or bare digits) and an address, by column."""
    digits = "".join(c for c in phone if c.isdigit())
    return {
        "phone_index": blind_index(key, "phone", digits, bits=bits),
        "phone_end_index": blind_index(key, "phone_end", digits[-PHONE_END_DIGITS:], bits=bits),
        "email_index": blind_index(key, "email", normal_email(email), bits=bits),
    }
