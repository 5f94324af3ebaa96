"""What a caller says fits the request it is meant for, by the part that fits worst."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consults.enums import FoundBy
from consults.workflow.reading.said import Given, Said

ZOE = {
    "name": "Zoë Anne-Marie O’Brien",
    "phone": "(555) 555-0177 x12",
    "phone_e164": "+15555550177",
    "email": "Zoe.Brien77@example.org",
}
REFERENCE = "AB2CD3EF4G"


def fits(text, contents=ZOE, reference=REFERENCE):
    said = Said.of(text)
    return None if said.is_too_short else said.fits(Given.of(reference, contents))


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("zoe", FoundBy.NAME),
        ("ZOË", FoundBy.NAME),
        ("zoe obrien", FoundBy.NAME),
        ("O'Brien, Zoe", FoundBy.NAME),
        ("annemarie", FoundBy.NAME),
        ("Anne-Marie", FoundBy.NAME),
        ("zoeannemarieobrien", FoundBy.NAME),
        ("obr", FoundBy.NAME),
        ("z obrien", FoundBy.NAME),
        ("obrian", FoundBy.NEAR_NAME),
        ("zoe obrine", FoundBy.NEAR_NAME),
        ("0177", FoundBy.PHONE),
        ("555 01", FoundBy.PHONE),
        ("555-0", FoundBy.PHONE),
        ("+1 (555) 555-0177", FoundBy.PHONE),
        ("\uff10\uff11\uff17\uff17", FoundBy.PHONE),
        ("\u202a555\u20110177\u202c", FoundBy.PHONE),
        ("brien77", FoundBy.EMAIL),
        ("zoe.brien77@", FoundBy.EMAIL),
        ("@example.org", FoundBy.EMAIL),
        ("2cd3", FoundBy.REFERENCE),
        ("ab2-cd3", FoundBy.REFERENCE),
        ("AB2 CD3 EF4G", FoundBy.REFERENCE),
        ("zoe 0177", FoundBy.NAME),
        ("brien77 0177", FoundBy.EMAIL),
        ("zoe 0178", None),
        ("zoe smith", None),
        ("smith", None),
        ("brian", None),
        ("Zoe & O'Brien", FoundBy.NAME),
        ("O'Brien - Zoe", FoundBy.NAME),
        ("0178", None),
        ("xyz9", None),
        ("%%%", None),
        ("___", None),
        ("%", None),
        ("zo", None),
        ("17", None),
        ("", None),
        ("  ", None),
    ],
)
def test_every_part_has_to_fit(text, way):
    assert fits(text) == way


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Łukasz Żak", "lukasz zak"),
        ("Анна Иванова", "anna"),
        ("王伟", "wang wei"),
        ("王伟", "王伟"),
        ("José María Núñez", "nunez"),
        ("Jürgen Groß", "gross"),
        ("Søren Ågård", "soren"),
        ("Nguyễn Thị Hòa", "nguyen hoa"),
        ("D’Angelo", "dangelo"),
        ("Jo Li", "jo li"),
    ],
)
def test_a_name_is_found_as_it_is_typed_on_a_plain_keyboard(name, text):
    assert fits(text, {"name": name}) == FoundBy.NAME


@pytest.mark.parametrize(
    ("name", "text"),
    [("Catherine", "katherine"), ("Stephen", "steven"), ("John", "jon"), ("Giménez", "jimenez")],
)
def test_a_slip_or_two_is_forgiven(name, text):
    assert fits(text, {"name": name}) == FoundBy.NEAR_NAME


@pytest.mark.parametrize("text", ["Bob", "Tom", "Joe", "J Smith", "x y z", "Ana", "Li"])
def test_a_short_word_is_near_to_nobody(text):
    for name in ("Maria Rodriguez", "Catherine Montgomery", "Mohammed Smithson", "Robert Joseph"):
        assert fits(text, {"name": name}) is None


def test_an_apostrophe_in_an_address_is_found():
    contents = {"name": "Pat", "email": "o'brien@example.org"}
    for text in ("o'brien@", "obrien@example", "o’brien"):
        assert fits(text, contents) == FoundBy.EMAIL


def test_the_end_of_one_number_and_the_beginning_of_the_next_are_none():
    assert fits("7715", {"phone": "15555550177", "phone_e164": "15555550177"}) is None


def test_what_holds_nothing_fits_nothing():
    assert fits("zoe", {}) is None
    assert fits("ab2cd3", {}) == FoundBy.REFERENCE


@given(text=st.text(max_size=300), name=st.text(max_size=100))
def test_whatever_is_typed_is_answered(text, name):
    assert fits(text, {"name": name}) in {None, *FoundBy}
