"""What people type is cleaned without changing what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consults.intake.normalise import clean_email, clean_text, phone_digits

pytestmark = pytest.mark.once


@given(st.text(st.characters()))
def test_clean_text_can_always_be_stored(text):
    cleaned = clean_text(text)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert "\r" not in cleaned


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean_text(clean_text(text)) == clean_text(text)


def test_words_of_any_script_stay():
    text = "Zoë 李雷 محمد \U0001f3d4\n\tsecond line"
    assert clean_text(text) == text


def test_blanks_that_nobody_sees_leave_an_address():
    assert clean_email(" name\u200b@exam\u00a0ple.org ") == "name@example.org"


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("(555) 555-0100", "5555550100"),
        ("+1 555.555.0100 ext. 12", "15555550100"),
        ("555-555-0100 x12", "5555550100"),
        ("555 555 0100 #12", "5555550100"),
        ("", ""),
    ],
)
def test_digits_of_a_number_leave_the_extension_out(typed, digits):
    assert phone_digits(typed) == digits
