"""What people type is cleaned without changing what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.core.phones import digits_of
from clinic.core.typed_text import clean_email, clean_text

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


@pytest.mark.parametrize(
    "typed",
    [
        " name\u200b@exam\u00a0ple.org ",
        "\u202aname@example.org\u202c",
        "\u2066name@example.org\u2069\ufe0f",
        "mailto:name@example.org",
        "<mailto:name@example.org>",
        "Mailto:name@example.org?subject=Hello",
        "<name@example.org>",
        "Sample Person <name@example.org>",
        "name@example.org.",
        "name@example.org,",
        "(name@example.org)",
        "“name@example.org”",
        "name\uff20example\uff0eorg",
        "name@example\u3002org",
        "'name@example.org'",
        "`name@example.org`",
        "‘name@example.org’",
        "name@example.org!",
        "E-mail: name@example.org",
        "correo: name@example.org",
    ],
)
def test_an_address_loses_what_was_copied_along(typed):
    assert clean_email(typed) == "name@example.org"


@pytest.mark.parametrize("typed", ["o'brien+x@example.org", "name_@example.org", "josé@example.org"])
def test_a_sound_address_stays_as_it_is(typed):
    assert clean_email(typed) == typed


def test_marks_without_end_are_cut_and_those_of_a_language_stay():
    assert len(clean_text("a" + "\u0323\u0301" * 5000)) < 50
    assert clean_text("e\u0302\u0323") == "\u1ec7"


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
    assert digits_of(typed) == digits
