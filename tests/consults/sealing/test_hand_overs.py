"""What one shift writes to the next opens in its own row alone, and its length tells nothing."""

import uuid

import pytest
from django.conf import settings

from consults.sealing.envelope import EnvelopeProblem, seal
from consults.sealing.hand_overs import BLOCK, open_hand_over, seal_hand_over
from consults.sealing.keys import parse_sealing_key, parse_sealing_keys


@pytest.fixture
def public():
    return parse_sealing_key(settings.CONSULTS_SEALING_PUBLIC_KEY)


@pytest.fixture
def private():
    return parse_sealing_keys(settings.CONSULTS_SEALING_PRIVATE_KEYS)


@pytest.mark.parametrize(
    "text", ["Nothing.", "Ana calls at four – Zoë knows.", "é" * 500, "\U0001f642" * 500]
)
def test_it_comes_back_as_it_went_in(public, private, text):
    row = str(uuid.uuid4())
    sealed = seal_hand_over(text, row=row, public_key=public)
    assert text.encode() not in sealed
    assert open_hand_over(sealed, row=row, private_keys=private) == text


def test_a_length_tells_nothing(public):
    lengths = {len(seal_hand_over("x" * n, row="a", public_key=public)) for n in (1, 50, 300, 500)}
    assert len(lengths) == 1
    assert lengths.pop() > BLOCK


def test_it_opens_in_no_other_row_and_no_request_opens_here(public, private):
    sealed = seal_hand_over("x", row="a", public_key=public)
    of_request = seal({"name": "x"}, reference="a", public_key=public)
    of_no_sentence = seal({"text": 7}, reference="hand-over|a", public_key=public)
    for blob, row in (
        (sealed, "b"),
        (of_request, "a"),
        (of_no_sentence, "a"),
        (b"", "a"),
        (sealed[:-1], "a"),
    ):
        with pytest.raises(EnvelopeProblem):
            open_hand_over(blob, row=row, private_keys=private)
