"""Managers say who is at the desk, by keyboard and at 320 px too; axe-core finds no barrier on the way."""

import re

import pytest

from .axe import TWO_LOOKS, findings
from .visit import follow

pytestmark = [pytest.mark.once, pytest.mark.in_order]
OURS = {"within": "main", "looks": TWO_LOOKS}
PEOPLE = "/admin/people/"


def sign_in_again(page, password):
    """Type the password once more, where the site asks for it."""
    if "/account/again/" in page.url:
        page.locator("[name=password]").fill(password)
        follow(page.locator("form button[type=submit]").last)


@pytest.fixture
def at(signed_in, demo_site):
    """A function that opens a page as somebody who signed in just now."""

    def open_page(user, address, **options):
        page = signed_in(user, **options).page
        page.goto(address)
        sign_in_again(page, demo_site.logins[user])
        return page

    return open_page


def test_two_managers_make_a_third(at, demo_site):
    page = at("manager", PEOPLE)
    found = findings(page, "people", **OURS)
    follow(page.get_by_role("link", name="frontdesk"))
    sign_in_again(page, demo_site.logins["manager"])
    found |= findings(page, "a person", **OURS)
    follow(page.get_by_role("button", name="Give: Managers"))
    assert page.get_by_text("Asked for: a second manager has to agree.").count()
    # Without Wagtail's own message, whose colours axe sees while it fades in.
    page.goto(page.url)
    found |= findings(page, "a person, something waits", **OURS)
    # Signed in afresh on the way to a page that asks for it.
    page = at("deputy", f"{PEOPLE}invite/", width=320)
    page.goto(PEOPLE)
    page.get_by_role("button", name=re.compile("Agree: do it now")).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Nothing waits." in page.locator("main").inner_text()
    page.goto(PEOPLE)
    found |= findings(page, "people, decided", **OURS)
    # As it was, for the tests that follow.
    follow(page.get_by_role("link", name="frontdesk"))
    follow(page.get_by_role("button", name="Take away: Managers"))
    assert found == {}


def test_inviting_and_what_each_role_may(at):
    page = at("manager", f"{PEOPLE}invite/")
    found = findings(page, "inviting", **OURS)
    page.get_by_label("E-mail").fill("nobody")
    page.get_by_label("First name").fill("Kim")
    page.get_by_label("Last name").fill("Sample")
    follow(page.get_by_role("button", name="Send the invitation"))
    assert "This is no e-mail address." in page.locator("main").inner_text()
    assert page.get_by_label("First name").input_value() == "Kim"
    found |= findings(page, "inviting with errors", **OURS)
    page.goto("/admin/roles/")
    found |= findings(page, "roles", **OURS)
    assert found == {}
