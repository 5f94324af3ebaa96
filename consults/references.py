"""References and the keys behind them: the same form sent twice gets the same of both."""

import hmac
import json

from django.conf import settings
from django.utils.crypto import constant_time_compare

from consults.sealing.keyed_hash import keyed_hash
from consults.sealing.keys import parse_secret

# Without I, O, Q and Z, which are heard or read as something else.
LETTERS = "ABCDEFGHJKLMNPRSTUVWXY"
DIGITS = "23456789"
LENGTH = 10
MAC_LENGTH = 16


def idempotency_key(fields: dict, *, day: str) -> str:
    """Return the key of a submission: equal fields of a form handed out on one day share it."""
    canonical = json.dumps([day, sorted(fields.items())], ensure_ascii=True, sort_keys=True)
    # Its key has this one purpose, and rows keep the value: it can't get the name of a purpose any more.
    return hmac.digest(parse_secret(settings.CONSULTS_IDEMPOTENCY_KEY), canonical.encode(), "sha256").hex()


def reference_for(key: str, *, attempt: int = 0) -> str:
    """Return the speakable reference of a submission, from its key alone.

    Every third place is a digit, so that no word can appear: 22⁷ · 8³ references, about 40 bits.
    ``attempt`` counts on when another request already bears the reference.
    """
    text = f"{key}|{attempt}" if attempt else key
    number = int.from_bytes(_hash("reference", text), "big")
    characters = []
    for place in range(LENGTH):
        alphabet = DIGITS if place % 3 == 2 else LETTERS
        number, choice = divmod(number, len(alphabet))
        characters.append(alphabet[choice])
    return "".join(characters)


def format_reference(reference: str) -> str:
    """Return the reference in groups, as it is shown and read out."""
    return f"{reference[:3]}-{reference[3:6]}-{reference[6:]}"


def parse_reference(text: str) -> str | None:
    """Return the reference that somebody wrote with blanks, dashes or small letters; None if it is none."""
    letters = "".join(c for c in text.upper() if c not in " -")
    places = [DIGITS if place % 3 == 2 else LETTERS for place in range(LENGTH)]
    if len(letters) != LENGTH or any(c not in allowed for c, allowed in zip(letters, places, strict=True)):
        return None
    return letters


def proof_for(reference: str, *, without_copy: bool = False) -> str:
    """Return a short code that shows the reference is one of ours, without asking the database.

    Another one says besides that the copy somebody asked for is not sent.
    """
    purpose = "received without copy" if without_copy else "received"
    return _hash(purpose, reference).hex()[:MAC_LENGTH]


def is_proven(reference: str, proof: str, *, without_copy: bool = False) -> bool:
    """Whether the code belongs to the reference, and says the same of the copy."""
    return constant_time_compare(proof_for(reference, without_copy=without_copy), proof)


def _hash(purpose: str, text: str) -> bytes:
    return keyed_hash(parse_secret(settings.CONSULTS_REFERENCE_KEY), purpose, text)
