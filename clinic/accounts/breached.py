"""A list of passwords that got out, in a file, looked up without telling anybody what is looked for.

The file holds the first five bytes of each password's SHA-1, in order and without anything between. Among a
million of them a password that is none of them is taken for one once in a million tries. SHA-1 guards nothing
here: it is what public lists are made of, so that one of them can be put in place.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

PREFIX = 5
# Those of 15 characters or more among the million most used of the ten million passwords that Mark Burnett
# published for research in 2015.
SHIPPED = Path(__file__).parent / "breached.bin"
# Of the hashes in a public list, in hexadecimal.
HASH_CHARACTERS = 40
HEX = frozenset("0123456789abcdefABCDEF")


class Unusable(Exception):
    """The list can't be used or made; the message says why."""


def is_breached(password: str) -> bool:
    """Whether a password is in the list that comes along, or in the one that the operator put beside it."""
    prefix = prefix_of(password)
    return any(_holds(path, prefix) for path in lists())


def lists() -> list[Path]:
    """Return the files that are looked into."""
    own = settings.BREACHED_PASSWORDS_FILE
    return [SHIPPED, *([own] if own else [])]


def prefix_of(password: str) -> bytes:
    """Return what the list keeps of a password."""
    return hashlib.sha1(password.encode(), usedforsecurity=False).digest()[:PREFIX]


def _holds(path, prefix):
    """Search by halves, on the disk: a list of all there are has gigabytes."""
    with path.open("rb") as file:
        low, high = 0, path.stat().st_size // PREFIX
        while low < high:
            middle = (low + high) // 2
            file.seek(middle * PREFIX)
            found = file.read(PREFIX)
            if found == prefix:
                return True
            low, high = (middle + 1, high) if found < prefix else (low, middle)
    return False


def prefixes_of_passwords(lines: Iterable[str], *, shortest: int) -> list[bytes]:
    """Return the prefixes of a plain list, one password a line, in order."""
    words = (line.rstrip("\r\n") for line in lines)
    return sorted({prefix_of(word) for word in words if len(word) >= shortest})


def prefixes_of_hashes(lines: Iterable[str]) -> Iterator[bytes]:
    """Yield the prefixes of a list of hashes in order, each perhaps with ``:`` and a number behind it.

    Such lists are too big for the memory, so they have to be in order. Raises Unusable.
    """
    last = b""
    for number, line in enumerate(lines, start=1):
        text = line.strip().partition(":")[0]
        if len(text) != HASH_CHARACTERS or not HEX.issuperset(text):
            raise Unusable(f"Line {number} is no SHA-1 in hexadecimal.")
        prefix = bytes.fromhex(text)[:PREFIX]
        if prefix < last:
            raise Unusable(f"Line {number} is out of order: take the list that is ordered by hash.")
        if prefix != last:
            yield prefix
        last = prefix
