"""An envelope opens for its own reference, with its own key, unchanged; otherwise never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consults.sealing.envelope import HEADER_BYTES, PADDING_BLOCK, EnvelopeProblem, open_envelope, seal
from consults.sealing.keys import new_secrets, parse_sealing_key, parse_sealing_keys

pytestmark = pytest.mark.once

VALUES = new_secrets()
PUBLIC = parse_sealing_key(VALUES["CONSULTS_SEALING_PUBLIC_KEY"])
PRIVATE = parse_sealing_keys(VALUES["CONSULTS_SEALING_PRIVATE_KEYS"])
REFERENCE = "AB2CD3EF4G"
CONTENTS = {"name": "Zoë 李 \U0001f3d4", "note": "", "consent": {"text": "Yes.", "version": "1"}}


def sealed(contents=CONTENTS, reference=REFERENCE):
    return seal(contents, reference=reference, public_key=PUBLIC)


def opened(blob, reference=REFERENCE, keys=PRIVATE):
    return open_envelope(blob, reference=reference, private_keys=keys)


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=200), max_size=6))
def test_contents_come_back_as_they_went_in(contents):
    assert opened(sealed(contents))[0] == contents


def test_each_envelope_has_a_record_key_of_its_own():
    keys = {opened(sealed())[1] for _ in range(5)}
    assert len(keys) == 5
    assert {len(key) for key in keys} == {32}


def test_nothing_of_the_contents_can_be_read_from_the_outside():
    assert b"MARKER" not in sealed({"note": "MARKER" * 40})


def test_an_envelope_of_another_row_does_not_open():
    with pytest.raises(EnvelopeProblem, match="does not belong here"):
        opened(sealed(), reference="XX2XX3XX4X")


def test_a_key_that_is_not_here_is_named_by_its_number():
    with pytest.raises(EnvelopeProblem, match="number 1 is not here"):
        opened(sealed(), keys={})


def test_another_key_under_the_same_number_does_not_open():
    others = parse_sealing_keys(new_secrets()["CONSULTS_SEALING_PRIVATE_KEYS"])
    with pytest.raises(EnvelopeProblem):
        opened(sealed(), keys=others)


def test_every_changed_bit_is_noticed():
    blob = sealed()
    for bit in range(len(blob) * 8):
        changed = bytearray(blob)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(EnvelopeProblem):
            opened(bytes(changed))


@pytest.mark.parametrize("blob", [b"", b"\x01", b"\x01\x00\x01", b"\x02" + bytes(400)])
def test_what_is_no_envelope_is_refused(blob):
    with pytest.raises(EnvelopeProblem):
        opened(blob)


def test_a_problem_never_repeats_contents():
    with pytest.raises(EnvelopeProblem) as problem:
        opened(sealed({"note": "MARKER"}), reference="XX2XX3XX4X")
    assert "MARKER" not in str(problem.value)
    assert problem.value.__cause__ is None


def test_the_length_does_not_tell_whether_a_note_was_left():
    without, short = sealed({"note": ""}), sealed({"note": "x" * 60})
    assert len(without) == len(short)
    longer = sealed({"note": "x" * 600})
    assert (len(longer) - len(short)) % PADDING_BLOCK == 0


def test_the_key_number_stands_in_the_header():
    assert sealed()[1:HEADER_BYTES] == b"\x00\x01"
