"""Finding sealed contact data again without opening it.

An index is a keyed hash cut to a few bits, so that several people share each value: it yields a
handful of candidates to open, and tells a thief without the key nothing. Source of the idea: the
truncated blind indexes of CipherSweet.

With R requests that still have contents and b bits, keep 2 ≤ R / 2^b ≤ √R. The default of 8 bits does from
512 to 65,536 requests. What a thief of the table learns who also has the key, with the default:

* Of a number there is one index, of its last four digits, also where the whole number is looked for: two
  indexes of one number would add up. Each row leaves 39 of the 10,000 ends, and so one number of 256.
* A guessed number fits R / 256 rows by chance: 4 of 1,000, 39 of 10,000. The chance that a number which never
  asked for anything fits some row is 98 % with 1,000 requests and more than 99.99 % with 10,000: that it fits
  says nothing.
* Whoever knows number and address of one person has 16 bits of it: a stranger fits both in some row with a
  chance of 1.5 % with 1,000 requests, 14 % with 10,000. So a pair that fits was probably here. Four bits each
  would hide that and make every search open a sixteenth of all requests.

Without a leading one nobody could tell how long an index is: an index of b bits lies from 2^b up to 2^(b+1).
A shorter one is the longer one's beginning, so rows of several lengths are found side by side while
`manage.py consults_reindex` makes them alike. Release 0.1.0 wrote the bare bits, 12 by default, and a second
index of the whole number.
"""

import unicodedata

from .keyed_hash import keyed_hash

MIN_BITS, MAX_BITS = 4, 24
BARE_BITS = 12
PHONE_END_DIGITS = 4


def hashed(key: bytes, kind: str, value: str) -> int | None:
    """Return the keyed hash of a value in its normal form, as a number of 32 bits; None for an empty one."""
    return int.from_bytes(keyed_hash(key, kind, value)[:4], "big") if value else None


def bare_index(number: int, *, bits: int) -> int:
    """Return the top bits alone, as release 0.1.0 kept them."""
    return number >> (32 - bits)


def index(number: int | None, *, bits: int) -> int | None:
    """Return the top bits behind a leading one."""
    return None if number is None else (1 << bits) + bare_index(number, bits=bits)


def normal_email(email: str) -> str:
    """Return the form of an address under which it is found again."""
    return unicodedata.normalize("NFKC", email).casefold().strip()


def indexes_of(key: bytes, *, phone: str, email: str, bits: int) -> dict[str, int | None]:
    """Return the indexes of a phone number (E.164 or bare digits) and an address, by column."""
    return {column: index(number, bits=bits) for column, number in _hashes(key, phone, email).items()}


def indexes_to_look_for(key: bytes, *, phone: str, email: str, bits: int) -> dict[str, list[int]]:
    """Return, by column, every value under which a row may have been stored, at whatever length.

    ``bits`` is how long new ones are. Those of release 0.1.0 are looked for at that length and its default.
    """
    return {
        column: _at_every_length(number, bits)
        for column, number in _hashes(key, phone, email).items()
        if number is not None
    }


def _hashes(key: bytes, phone: str, email: str) -> dict[str, int | None]:
    digits = "".join(c for c in phone if c.isdigit())
    return {
        "phone_end_index": hashed(key, "phone_end", digits[-PHONE_END_DIGITS:]),
        "email_index": hashed(key, "email", normal_email(email)),
    }


def _at_every_length(number: int, bits: int) -> list[int]:
    marked = {(1 << length) + bare_index(number, bits=length) for length in range(MIN_BITS, MAX_BITS + 1)}
    return sorted(marked | {bare_index(number, bits=length) for length in (BARE_BITS, bits)})
