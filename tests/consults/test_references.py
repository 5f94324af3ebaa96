"""References can be spoken, come from the contents, and can't be invented."""

import re

from hypothesis import given
from hypothesis import strategies as st

from consults.references import format_reference, idempotency_key, is_proven, proof_for, reference_for

SHAPE = re.compile(r"([A-HJ-NPR-Y]{2}[2-9]){3}[A-HJ-NPR-Y]")
FIELDS = {"name": "Sample", "note": ""}


@given(st.text())
def test_a_reference_has_no_look_alikes_and_no_words(key):
    assert SHAPE.fullmatch(reference_for(key))


def test_it_is_shown_in_groups():
    assert format_reference("AB2CD3EF4G") == "AB2-CD3-EF4G"


def test_equal_forms_of_a_day_share_a_key():
    assert idempotency_key(FIELDS, day="2026-11-24") == idempotency_key(dict(FIELDS), day="2026-11-24")
    assert reference_for(idempotency_key(FIELDS, day="d")) == reference_for(idempotency_key(FIELDS, day="d"))


def test_another_day_or_another_word_is_another_request():
    keys = {
        idempotency_key(FIELDS, day="2026-11-24"),
        idempotency_key(FIELDS, day="2026-11-25"),
        idempotency_key({**FIELDS, "note": "x"}, day="2026-11-24"),
    }
    assert len(keys) == 3


def test_keys_depend_on_the_secrets(settings):
    key, reference = idempotency_key(FIELDS, day="d"), reference_for("k")
    settings.CONSULTS_IDEMPOTENCY_KEY = settings.CONSULTS_TOKEN_KEY
    settings.CONSULTS_REFERENCE_KEY = settings.CONSULTS_TOKEN_KEY
    assert idempotency_key(FIELDS, day="d") != key
    assert reference_for("k") != reference


def test_only_our_own_references_are_proven():
    assert is_proven("AB2CD3EF4G", proof_for("AB2CD3EF4G"))
    assert not is_proven("AB2CD3EF4H", proof_for("AB2CD3EF4G"))
    assert not is_proven("AB2CD3EF4G", "")
    assert not is_proven("AB2CD3EF4G", "ü")
