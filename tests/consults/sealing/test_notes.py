"""Notes open with the record's own key, in their own row."""

import secrets

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.texts import open_note, seal_note

KEY = secrets.token_bytes(32)


def test_a_note_comes_back_as_it_went_in():
    sealed = seal_note("Called; ring again – Zoë.", note_id="a", record_key=KEY)
    assert b"Called" not in sealed
    assert open_note(sealed, note_id="a", record_key=KEY) == "Called; ring again – Zoë."


def test_the_same_note_never_looks_the_same():
    assert seal_note("x", note_id="a", record_key=KEY) != seal_note("x", note_id="a", record_key=KEY)


def test_a_note_of_another_row_or_record_does_not_open():
    sealed = seal_note("x", note_id="a", record_key=KEY)
    for note_id, key in (("b", KEY), ("a", secrets.token_bytes(32))):
        with pytest.raises(EnvelopeProblem):
            open_note(sealed, note_id=note_id, record_key=key)


def test_a_changed_or_cut_note_does_not_open():
    sealed = bytearray(seal_note("x", note_id="a", record_key=KEY))
    sealed[-1] ^= 1
    for damaged in (bytes(sealed), b"", b"short"):
        with pytest.raises(EnvelopeProblem):
            open_note(damaged, note_id="a", record_key=KEY)


@pytest.mark.parametrize("text", ["", "x", "Called; nobody answered.", "é" * 400, "x" * 1020])
def test_a_length_tells_nothing(text):
    assert len(seal_note(text, note_id="a", record_key=KEY)) == len(
        seal_note("No.", note_id="a", record_key=KEY)
    )
    assert open_note(seal_note(text, note_id="a", record_key=KEY), note_id="a", record_key=KEY) == text


def test_a_note_of_release_0_1_0_opens():
    nonce = secrets.token_bytes(12)
    bare = nonce + AESGCM(KEY).encrypt(nonce, "Rang – Zoë.".encode(), b"consultnote|a|text|1")
    assert open_note(bare, note_id="a", record_key=KEY) == "Rang – Zoë."
    with pytest.raises(EnvelopeProblem):
        open_note(bare, note_id="b", record_key=KEY)
