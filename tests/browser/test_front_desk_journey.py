"""The front desk finds a request, calls, and writes down in one tap what came of it."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.factories.consults import form_data
from tests.site.demo import PUBLIC_REFERENCE
from tests.site.http import fetch

from .visit import DESK_CLOCK, follow


def sent_by(demo_site, name, **changes):
    """Send a request and return its reference."""
    answer = fetch(f"{demo_site.url}/consultation/", form_data(name=name, **changes))
    return PUBLIC_REFERENCE.search(answer.body.decode())[0].replace("-", "")


@pytest.fixture
def reference(demo_site):
    """The reference of a request that somebody just sent."""
    return sent_by(demo_site, "Desk Person", note="Mornings are best.")


def press(page, name, role="button"):
    """Press a button or follow a link, and wait until all of the next page is there."""
    follow(page.get_by_role(role, name=name).first)


def find(page, text):
    """Look for somebody from the list by the clock."""
    page.goto("/admin/requests/")
    page.get_by_label("Find by name").fill(text)
    press(page, "Find")


def test_from_the_list_to_an_outcome_and_a_note(signed_in, reference):
    window = signed_in("frontdesk")
    page = window.page
    assert "waiting" in page.get_by_role("main").inner_text()
    press(page, "The desk", "link")
    assert page.locator(".desk__row").count() > 5
    assert "Desk Person" not in page.content()
    find(page, reference)
    assert reference not in page.url
    press(page, reference, "link")
    assert "Desk Person" in page.get_by_role("main").inner_text()
    press(page, "Claim this request")
    assert "Working on it" in page.get_by_role("main").inner_text()
    page.get_by_label("Note", exact=True).fill("Prefers the morning.")
    # Enter in a field of the form is the note alone, and never an outcome.
    with page.expect_navigation(wait_until="load"):
        page.get_by_label("Call back").press("Enter")
    assert f"Note added to {reference}. Working on it." in page.get_by_role("main").inner_text()
    page.get_by_label("Note", exact=True).fill("Spoke; will think about it.")
    tomorrow = datetime.now(DESK_CLOCK) + timedelta(days=1)
    page.get_by_label("Call back").fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
    press(page, "Reached: call back")
    assert page.url.endswith("/admin/requests/")
    said = page.get_by_role("main").inner_text()
    assert f"{reference}: Reached: call back. Contacted. Agreed for tomorrow" in said
    assert "Note added." in said
    find(page, reference)
    press(page, reference, "link")
    for note in ("Prefers the morning.", "Spoke; will think about it."):
        assert note in page.get_by_role("main").inner_text()
    timeline = page.locator(".triage__timeline").inner_text()
    for event in ("Received", "Opened", "Claimed", "Tried to reach: Reached: call back", "Note added"):
        assert event in timeline
    assert window.strangers == set()
    assert window.complaints == []


@pytest.mark.once
def test_a_name_shows_when_somebody_asks_for_it(signed_in, demo_site):
    window = signed_in("frontdesk", width=390)
    page = window.page
    page.goto("/admin/requests/")
    assert not re.search(r"Sample person \d", page.content())
    page.get_by_role("button", name="Show name and contact").first.click()
    page.locator(".desk__who strong").wait_for()
    assert page.locator(".desk__who strong").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_of_two_at_one_request_the_second_sees_what_the_first_did(signed_in, reference):
    first, second = signed_in("frontdesk"), signed_in("manager")
    for window in (first, second):
        find(window.page, reference)
        press(window.page, reference, "link")
    press(first.page, "No answer")
    press(second.page, "Reached: booked")
    said = second.page.get_by_role("main").inner_text()
    assert "was changed by somebody else in the meantime. Nothing was saved" in said
    assert "With frontdesk" in said
    assert "Tried to reach: No answer" in second.page.locator(".triage__timeline").inner_text()
    assert "Reached: booked" in said
    press(second.page, "Do it all the same")
    assert (
        f"{reference}: Reached: booked. Consultation booked." in second.page.get_by_role("main").inner_text()
    )


def test_an_auditor_sees_who_did_it_and_nothing_of_the_person(signed_in, reference):
    desk = signed_in("frontdesk")
    find(desk.page, reference)
    press(desk.page, reference, "link")
    window = signed_in("auditor")
    press(window.page, "Audit of requests", "link")
    said = window.page.get_by_role("main").inner_text()
    assert reference in said
    assert "To answer it" in said
    assert "Desk Person" not in window.page.content()
    assert window.go("/admin/requests/").status == 403


@pytest.mark.once
@pytest.mark.parametrize("user", ["editor", "admin", "auditor"])
def test_others_find_no_door(signed_in, reference, user):
    window = signed_in(user)
    assert window.page.get_by_role("link", name="Requests", exact=True).count() == 0
    response = window.go("/admin/requests/")
    assert response.status == 403
    assert reference not in window.page.content()


@pytest.mark.once
def test_keys_lead_through_the_list_and_change_nothing_by_themselves(signed_in):
    window = signed_in("frontdesk")
    page = window.page
    window.go("/admin/requests/")
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_text("Previous request").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    page.keyboard.press("2")
    second = page.locator(".desk__reference").nth(1)
    expect(second).to_be_focused()
    reference = second.inner_text()
    follow_key(page, "Enter")
    follow_key(page, "p")
    follow_key(page, "n")
    assert reference in page.locator("h1").last.inner_text()
    page.keyboard.press("o")
    expect(page.get_by_role("button", name="Reached: booked")).to_be_focused()
    page.keyboard.press("t")
    expect(page.get_by_label("Note", exact=True)).to_be_focused()
    page.keyboard.type("none of nputs")
    expect(page.get_by_label("Note", exact=True)).to_have_value("none of nputs")
    page.locator("h1").last.click()
    follow_key(page, "u")
    assert page.url.endswith("/admin/requests/")
    assert window.complaints == []


def follow_key(page, key):
    """Press a key that leads elsewhere."""
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press(key)
