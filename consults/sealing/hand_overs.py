"""The sentence that one shift leaves to the next, in an envelope of its own.

A note is sealed with the key that lies in its request's envelope. This text belongs to no request, so it gets
an envelope as a request does: sealed with the public key, bound to its row, padded so far that its length
tells nothing.
"""

from .envelope import EnvelopeProblem, open_envelope, seal
from .keys import SealingKey

# The longest sentence of plain letters fits into one block (bytes).
BLOCK = 1024


def seal_hand_over(text: str, *, row: str, public_key: SealingKey) -> bytes:
    """Seal a text for the row of this key."""
    return seal({"text": text}, reference=_place(row), public_key=public_key, block=BLOCK)


def open_hand_over(sealed: bytes | memoryview, *, row: str, private_keys: dict[int, SealingKey]) -> str:
    """Return the text. Raises EnvelopeProblem where row, key or bytes don't fit."""
    contents, _key = open_envelope(sealed, reference=_place(row), private_keys=private_keys)
    text = contents.get("text")
    if not isinstance(text, str):
        raise EnvelopeProblem("The envelope holds no sentence.")
    return text


def _place(row: str) -> str:
    """Return what no request is called, so that neither opens in the place of the other."""
    return f"hand-over|{row}"
