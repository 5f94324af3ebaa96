"""Short texts that travel in an address: nobody reads or changes one, and each fits one reference.

AES-SIV (RFC 5297) under a key that is made for this purpose alone: the same text for the same reference is
the same slip, so a form that was sent twice leads to one address. All slips are equally long, so that their
length tells nothing of what was chosen.
"""

import base64
import binascii

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from .keyed_hash import keyed_hash

PURPOSE = "slip of a received page"
# With the sixteen bytes of its proof a multiple of three: no letter of a slip has bits to spare.
PADDED_BYTES = 119
# Ours have 180 characters.
LONGEST = 300


class SlipProblem(ValueError):
    """A slip was changed, made up, or belongs to another reference."""


def seal_slip(text: str, *, reference: str, secret: bytes) -> str:
    """Return the text sealed for one reference, in letters that stand in any address."""
    padded = text.encode().ljust(PADDED_BYTES)
    sealed = AESSIV(_key(secret)).encrypt(padded, [reference.encode()])
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def open_slip(slip: str, *, reference: str, secret: bytes) -> str:
    """Return the text of a slip. Raises SlipProblem."""
    try:
        if len(slip) > LONGEST:
            raise SlipProblem
        sealed = base64.urlsafe_b64decode(slip + "=" * (-len(slip) % 4))
        return AESSIV(_key(secret)).decrypt(sealed, [reference.encode()]).decode().rstrip()
    except (InvalidTag, binascii.Error, ValueError):
        raise SlipProblem("This is no slip of ours.") from None


def _key(secret: bytes) -> bytes:
    # One half proves, the other one hides.
    return b"".join(keyed_hash(secret, PURPOSE, half) for half in ("prove", "hide"))
