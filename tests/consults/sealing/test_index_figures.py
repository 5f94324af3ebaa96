"""How little an index tells: the figures that its module and the papers name."""

import math
from collections import Counter

import pytest
from django.conf import settings

from consults.sealing.blind_index import indexes_of

pytestmark = pytest.mark.once
KEY = bytes(range(32))
DEFAULT = 8


def wrongly_confirmed(rows, bits):
    """Return the chance that a guess which is not in the table fits some row all the same."""
    return 1 - (1 - 2**-bits) ** rows


def test_the_default_is_the_one_of_these_figures():
    assert settings.CONSULTS_INDEX_BITS == DEFAULT


@pytest.mark.parametrize("rows", [512, 1_000, 10_000, 40_000, 65_536])
def test_the_rule_holds_at_the_default(rows):
    assert 2 <= rows / 2**DEFAULT <= math.sqrt(rows)


def test_it_would_not_with_the_bits_of_release_0_1_0():
    assert 1_000 / 2**12 < 2


def test_a_number_has_one_index_and_39_ends_share_it():
    ends = Counter(
        indexes_of(KEY, phone=f"+1303555{end:04}", email="", bits=DEFAULT)["phone_end_index"]
        for end in range(10_000)
    )
    columns = indexes_of(KEY, phone="+13035550177", email="a@example.org", bits=DEFAULT)
    assert sorted(columns) == ["email_index", "phone_end_index"]
    assert len(ends) == 256
    assert 10_000 / len(ends) == pytest.approx(39, abs=0.1)
    assert min(ends.values()) > 15


def test_two_numbers_with_one_end_are_the_same_to_a_thief():
    first, second = (
        indexes_of(KEY, phone=phone, email="", bits=DEFAULT) for phone in ("+13035550177", "+17205550177")
    )
    assert first == second


def test_a_guessed_number_fits_by_chance():
    assert 1_000 / 256 == pytest.approx(4, abs=0.1)
    assert 10_000 / 256 == pytest.approx(39, abs=0.1)
    assert wrongly_confirmed(1_000, DEFAULT) == pytest.approx(0.98, abs=0.001)
    assert wrongly_confirmed(10_000, DEFAULT) > 0.9999


def test_a_pair_of_number_and_address_tells_more():
    assert wrongly_confirmed(1_000, 2 * DEFAULT) == pytest.approx(0.015, abs=0.001)
    assert wrongly_confirmed(10_000, 2 * DEFAULT) == pytest.approx(0.14, abs=0.002)
