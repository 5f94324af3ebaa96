"""Numbers as people write them: read in one form, and refused only where nobody could dial them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.core.phones import Problem, e164, phone_uri, problem_with

pytestmark = pytest.mark.once

# Dashes, then marks that no eye sees, which contact lists and web pages bring along.
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202d\u2060\u2066\u2067\u2068\u2069\u00ad\ufeff\ufe0f"


@pytest.mark.parametrize("dash", DASHES)
def test_any_dash_is_one(dash):
    assert problem_with(f"303{dash}555{dash}0123") is None
    assert e164(f"303{dash}555{dash}0123") == "+13035550123"


@pytest.mark.parametrize("mark", UNSEEN)
def test_marks_nobody_sees_are_none(mark):
    for typed in (f"{mark}303-555-0123{mark}", f"303-5{mark}55-{mark}0123", f"{mark}+1 303 555 0123"):
        assert problem_with(typed) is None
        assert e164(typed) == "+13035550123"


@pytest.mark.parametrize(
    "typed",
    [
        "(303) 555-0123",
        "303.555.0123",
        "303·555·0123",
        "303/555-0123",
        "303\u00a0555\u20090123",
        "1 303 555 0123",
        "+1 (303) 555-0123 ext. 45",
        "303-555-0123 x45",
        "303-555-0123x45",
        "303-555-0123 #45",
        "303-555-0123,12",
        "303-555-0123,,12#",
        "303-555-0123;ext=12",
        "303-555-0123 ext: 12",
        "303-555-0123 extensión 12",
        "303-555-0123 cell",
        "303-555-0123 (mobile)",
        "303-555-0123 - Ann’s, after 5",
        "cell: 303-555-0123",
        "303 (home) 555-0123",
        "tel:303-555-0123",
        "tel:+1-303-555-0123",
        "303-555-0123 or 720-555-0199",
        "303-555-0123 / 720-555-0199",
        "303-555-0123, 720-555-0199",
        "303-555-0123 720-555-0199",
        "(303) 555-0123 (720) 555-0199",
        "+1 303 555 0123 +1 720 555 0199",
        "3035550123 o 7205550199",
        "303-555-0123 / 0124",
        "555-9999 or 303-555-0123",
        "\uff13\uff10\uff13\uff0d\uff15\uff15\uff15\uff0d\uff10\uff11\uff12\uff13",
        "\u0663\u0660\u0663 \u0665\u0665\u0665 \u0660\u0661\u0662\u0663",
        "011 1 303 555 0123",
        "after 5pm 303-555-0123",
        "after 5:30 pm: 303-555-0123",
        "llamar después de las 5 al 303 555 0123",
        "3O3-555-0123",
        "303-555-O123",
        "303.555.o123",
        "3035550123o7205550199",
    ],
)
def test_a_number_is_read_as_it_is_written(typed):
    assert problem_with(typed) is None
    assert e164(typed) == "+13035550123"
    assert phone_uri(typed) == "tel:+13035550123"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("+44 20 7946 0958", "+442079460958"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("011 44 20 7946 0958", "+442079460958"),
        ("00 44 20 7946 0958", "+442079460958"),
        ("+52 55 1234 5678", "+525512345678"),
        ("+52 1 55 1234 5678", "+525512345678"),
        ("52 55 1234 5678", "+525512345678"),
        ("020 7946 0958", "02079460958"),
        ("12345678", "12345678"),
        ("1-800-FLOWERS", "+18003569377"),
        ("1 800 flowers", "+18003569377"),
        ("1-800-MATTRESS", "+18006288737"),
        ("1-800-CALL-ATT", "+18002255288"),
        ("1-877-KARS-4-KIDS", "+18775277454"),
        ("303-555-HELP", "+13035554357"),
        ("303-555-HELP (cell)", "+13035554357"),
    ],
)
def test_other_countries_and_letters(typed, normal):
    assert problem_with(typed) is None
    assert e164(typed) == normal


def test_a_number_without_a_country_is_one_of_the_clinics(settings):
    settings.CLINIC_COUNTRY = "GB"
    assert e164("020 7946 0958") == "+442079460958"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("call me", Problem.NO_DIGITS),
        ("()", Problem.NO_DIGITS),
        ("+", Problem.NO_DIGITS),
        ("555-0123", Problem.NO_AREA_CODE),
        ("555-0123 Bob", Problem.NO_AREA_CODE),
        ("12", Problem.TOO_SHORT),
        ("303 555", Problem.TOO_SHORT),
        ("+999 1", Problem.TOO_SHORT),
        ("1" * 16, Problem.TOO_LONG),
    ],
)
def test_what_nobody_can_dial_is_called_by_its_fault(typed, problem):
    assert problem_with(typed) == problem


SEPARATORS = st.text(st.sampled_from(f" .()/,;#+x-{DASHES}{UNSEEN}"), max_size=2)


@given(st.lists(st.tuples(st.sampled_from("0123456789"), SEPARATORS), min_size=8, max_size=15))
def test_eight_to_fifteen_digits_are_never_refused(pieces):
    assert problem_with("".join(digit + separator for digit, separator in pieces)) is None


@given(st.text(st.characters(), max_size=80))
def test_any_text_has_an_answer(text):
    assert e164(text).removeprefix("+").isdigit() or problem_with(text)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("(555) 555-0100", "tel:+15555550100"),
        ("+44 20 7946 0000", "tel:+442079460000"),
        ("(303) 555-0123 x45", "tel:+13035550123"),
        ("988", "tel:988"),
        ("", ""),
    ],
)
def test_phone_uri(number, expected):
    assert phone_uri(number) == expected
