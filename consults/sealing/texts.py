"""Notes and e-mails on a request, sealed with the key that lies in its envelope (AES-256-GCM).

``place`` says where a text belongs (model, row, field, version): in another place it doesn't open. Version 2
is padded: four bytes with the length of the text, the text, and zeros up to a whole number of blocks. A block
holds whatever staff usually write, so a row's length tells neither a note's nor which template was used.
Version 1, of release 0.1.0, is the bare text; it still opens.
"""

import secrets
from collections.abc import Mapping
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .envelope import EnvelopeProblem
from .keyed_hash import keyed_hash

NONCE_BYTES = 12
LENGTH_BYTES = 4
BARE, PADDED = "1", "2"
NOTE_BLOCK = 1024
# Of an e-mail: subject, prepared words, sent words, and the name of the template, each sealed for its own
# column, with the size of its block.
PARTS = {"subject": 512, "base": 4096, "text": 4096, "template_name": 512}
# Release 0.1.0 kept which template it was in clear.
LATER_PARTS = {"template_name"}


def seal_text(text: str, *, place: str, record_key: bytes, block: int) -> bytes:
    """Seal a text for one place, padded to a whole number of blocks."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    written = text.encode()
    padded = len(written).to_bytes(LENGTH_BYTES, "big") + written
    padded = padded.ljust(-(-len(padded) // block) * block, b"\0")
    return nonce + AESGCM(record_key).encrypt(nonce, padded, f"{place}|{PADDED}".encode())


def open_text(sealed: bytes | memoryview, *, place: str, record_key: bytes) -> str:
    """Return the text. Raises EnvelopeProblem where place, key or bytes don't fit."""
    padded = _opened(sealed, f"{place}|{PADDED}", record_key)
    if padded is not None:
        length = int.from_bytes(padded[:LENGTH_BYTES], "big")
        return padded[LENGTH_BYTES : LENGTH_BYTES + length].decode()
    bare = _opened(sealed, f"{place}|{BARE}", record_key)
    if bare is None:
        raise EnvelopeProblem("What was written does not belong here or was changed.")
    return bare.decode()


def _opened(sealed: bytes | memoryview, place: str, record_key: bytes) -> bytes | None:
    sealed = bytes(sealed)
    try:
        return AESGCM(record_key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError):
        return None


def note_id_for(text: str, *, author: int, record_key: bytes) -> UUID:
    """Return the key of the row for these words of this author: the same one again for the same words.

    Without the request's own key, which is sealed, it tells nothing about them.
    """
    digest = keyed_hash(record_key, f"consultnote|id|{author}", text)
    return UUID(bytes=digest[:16], version=4)


def seal_note(text: str, *, note_id: str, record_key: bytes) -> bytes:
    """Seal a note for the row ``note_id``."""
    return seal_text(text, place=_note_place(note_id), record_key=record_key, block=NOTE_BLOCK)


def open_note(sealed: bytes | memoryview, *, note_id: str, record_key: bytes) -> str:
    """Return the text of a note. Raises EnvelopeProblem where row, key or bytes don't fit."""
    return open_text(sealed, place=_note_place(note_id), record_key=record_key)


def _note_place(note_id: str) -> str:
    return f"consultnote|{note_id}|text"


def seal_reply(parts: dict[str, str], *, reply_id: str, record_key: bytes) -> dict[str, bytes]:
    """Seal the parts for the row ``reply_id``, by column."""
    return {
        part: seal_reply_part(parts[part], part=part, reply_id=reply_id, record_key=record_key)
        for part in PARTS
    }


def seal_reply_part(text: str, *, part: str, reply_id: str, record_key: bytes) -> bytes:
    """Seal one part for its column of the row ``reply_id``."""
    return seal_text(text, place=_reply_place(reply_id, part), record_key=record_key, block=PARTS[part])


def open_reply(
    sealed: Mapping[str, bytes | memoryview | None], *, reply_id: str, record_key: bytes
) -> dict[str, str]:
    """Return the parts. Raises EnvelopeProblem where row, column, key or bytes don't fit.

    What release 0.1.0 did not seal yet is empty.
    """
    return {part: _open_part(sealed.get(part), part, reply_id, record_key) for part in PARTS}


def _open_part(sealed: bytes | memoryview | None, part: str, reply_id: str, record_key: bytes) -> str:
    if sealed is None and part in LATER_PARTS:
        return ""
    return open_text(sealed or b"", place=_reply_place(reply_id, part), record_key=record_key)


def _reply_place(reply_id: str, part: str) -> str:
    return f"sealedreply|{reply_id}|{part}"
