"""Phone numbers and addresses: taken as people write them, found again in one form."""

import pytest

from consults.intake.email_typos import COMMON_SLIPS, likely_email
from consults.intake.phones import can_be_dialled, e164

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("(555) 555-0123", "+15555550123"),
        ("555.555.0123", "+15555550123"),
        ("1 555 555 0123", "+15555550123"),
        ("+1 (555) 555-0123 ext. 45", "+15555550123"),
        ("555-555-0123 x45", "+15555550123"),
        ("555-555-0123 #45", "+15555550123"),
        ("+44 20 7946 0958", "+442079460958"),
        ("+52 55 1234 5678", "+525512345678"),
    ],
)
def test_numbers_can_be_dialled_and_have_one_form(typed, normal):
    assert can_be_dialled(typed)
    assert e164(typed) == normal


@pytest.mark.parametrize(
    "typed", ["555-0123", "12", "1" * 16, "call me", "+999 1", "555 555 01a3", "()", "+"]
)
def test_others_can_not(typed):
    assert not can_be_dialled(typed)


def test_a_number_counts_as_one_of_the_clinics_country(settings):
    settings.CLINIC_COUNTRY = "GB"
    assert e164("020 7946 0958") == "+442079460958"


@pytest.mark.parametrize("domain", ["gmail.com", "example.org", "gmx.de", "", "GMAIL.COM"])
def test_a_sound_address_is_left_alone(domain):
    assert likely_email(f"name@{domain}") == ""


def test_a_slip_is_a_suggestion():
    assert likely_email("some.name@Gmial.com") == "some.name@gmail.com"
    assert likely_email("no address") == ""


def test_no_suggestion_is_a_slip_itself():
    assert not set(COMMON_SLIPS) & set(COMMON_SLIPS.values())
