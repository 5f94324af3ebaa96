"""Slips in an address are a suggestion and no more."""

import pytest

from consults.intake.email_typos import COMMON_SLIPS, likely_email

pytestmark = pytest.mark.once


@pytest.mark.parametrize("domain", ["gmail.com", "example.org", "gmx.de", "", "GMAIL.COM"])
def test_a_sound_address_is_left_alone(domain):
    assert likely_email(f"name@{domain}") == ""


def test_a_slip_is_a_suggestion():
    assert likely_email("some.name@Gmial.com") == "some.name@gmail.com"
    assert likely_email("no address") == ""


def test_no_suggestion_is_a_slip_itself():
    assert not set(COMMON_SLIPS) & set(COMMON_SLIPS.values())
