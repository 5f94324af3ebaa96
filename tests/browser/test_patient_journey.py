"""A patient reads a post, asks for a consultation and gets a reference; with and without JavaScript."""

import pytest

from tests.journeys.patient import (
    CONSENT,
    EMAIL,
    EMAIL_ADDRESS,
    FORM,
    ME,
    NAME,
    SEND,
    expect_received,
    fill_in_least,
)

from .hand import ChromiumHand
from .visit import follow

# 1280 × 800 at 400 %: what is left of a desk's screen for somebody who needs large letters.
ENLARGED = (320, 200)
SLIP, MEANT = "slip.person@gmial.com", "slip.person@gmail.com"


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("size", [(1280, 800), (390, 800), ENLARGED])
def test_from_the_front_page_to_a_reference(visit, javascript, size):
    width, height = size
    window = visit(javascript=javascript, width=width, height=height)
    page, hand = window.page, ChromiumHand(window)
    window.go("/")
    page.get_by_role("contentinfo")
    window.go("/blog/")
    follow(page.get_by_role("link", name="Intramuscular Ketamine Injections").first)
    follow(page.get_by_role("main").get_by_role("link", name="Request A Consultation").first)
    assert page.url.endswith("/consultation/?from=blog")
    fill_in_least(hand, name=f"Screen {width} {javascript}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    hand.follow(SEND)
    expect_received(hand)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert f"Screen {width}" not in page.content()
    assert window.complaints == []


def write_an_address_with_a_slip(hand):
    """Fill in the form with an address that was probably meant otherwise."""
    hand.go(FORM)
    hand.press(ME)
    hand.write(NAME, "Slip Person")
    hand.press(EMAIL)
    hand.write(EMAIL_ADDRESS, SLIP)
    hand.press(CONSENT)


@pytest.mark.once
def test_a_slip_in_the_address_is_a_question_and_one_tap_answers_it(visit):
    hand = ChromiumHand(visit(width=390))
    write_an_address_with_a_slip(hand)
    hand.page.get_by_role("button", name="Yes, use it").click()
    # The tap on the box that left the field was not lost by what it brought.
    assert hand.is_checked(CONSENT)
    assert hand.value(EMAIL_ADDRESS) == MEANT
    hand.follow(SEND)
    expect_received(hand)


@pytest.mark.once
@pytest.mark.parametrize("answer", ["Yes, use this address and send", "No, send as I wrote it"])
def test_without_scripts_the_slip_is_asked_about_once(visit, answer):
    hand = ChromiumHand(visit(javascript=False, width=390))
    write_an_address_with_a_slip(hand)
    hand.follow(SEND)
    assert hand.title.startswith("Not sent yet: ")
    assert MEANT in hand.text(".error-summary")
    assert hand.value(EMAIL_ADDRESS) == SLIP
    follow(hand.page.get_by_role("button", name=answer))
    expect_received(hand)


@pytest.mark.once
def test_search_without_javascript(visit):
    window = visit(javascript=False, width=390)
    page = window.page
    window.go("/")
    page.locator(".header summary", has_text="What would you like to find?").click()
    page.get_by_label("What would you like to find?").first.fill("driving")
    follow(page.get_by_role("button", name="Search").first)
    assert "/search/?query=driving" in page.url
    assert page.locator("mark").count() > 0
