"""Somebody types, is called away, and comes back: nobody read on meanwhile, and what they typed is there."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import TWO_LOOKS, findings
from tests.browser.test_front_desk_journey import find, press, sent_by
from tests.browser.visit import follow

pytestmark = pytest.mark.once
TYPED = "Prefers the morning, and asked twice what it costs."
MINUTE = 60


def let_pass(window, demo_site, seconds):
    """Let so much time go by for the sessions of the demo, as the server sees it."""
    # What a browser knows better than the table is of the minute before, which would be over.
    window.page.context.clear_cookies(name="sessionid-used")
    demo_site.manage(
        "shell",
        "-c",
        "from datetime import timedelta; from django.db.models import F;"
        "from clinic.accounts.models import StaffSession;"
        f"back = timedelta(seconds={seconds});"
        "StaffSession.objects.update(began=F('began') - back, last_seen=F('last_seen') - back,"
        " expire_date=F('expire_date') - back)",
    )


def open_request(window, demo_site, name):
    """Open a request that somebody just sent."""
    reference = sent_by(demo_site, name)
    find(window.page, reference)
    press(window.page, reference, "link")
    return reference


def sign_in_here(page, demo_site):
    page.locator("[name=login]").fill("frontdesk")
    page.locator("[name=password]").fill(demo_site.logins["frontdesk"])
    follow(page.get_by_role("button", name="Sign in", exact=True))


def save_note(page):
    """Send the note alone."""
    with page.expect_navigation(wait_until="load"):
        page.get_by_label("Call back").press("Enter")


@pytest.mark.parametrize("javascript", [True, False])
def test_what_is_sent_too_late_comes_back_after_signing_in(signed_in, demo_site, javascript):
    window = signed_in("frontdesk", javascript=javascript)
    page = window.page
    open_request(window, demo_site, "Away Person")
    page.get_by_label("Note", exact=True).fill(TYPED)
    let_pass(window, demo_site, 17 * MINUTE)
    save_note(page)
    said = page.get_by_role("main").inner_text()
    assert "Nothing was saved yet" in said
    sign_in_here(page, demo_site)
    assert TYPED in page.get_by_role("textbox").first.input_value()
    press(page, "Send it again")
    assert "Note added" in page.get_by_role("main").inner_text()
    assert TYPED in page.content()


def wait_for_the_cover(window, demo_site, title):
    """Leave the page for so long that it covers itself; return what axe finds there."""
    page = window.page
    let_pass(window, demo_site, 17 * MINUTE)
    page.clock.fast_forward(16 * MINUTE * 1000)
    expect(page.get_by_role("heading", name="You are signed out")).to_be_focused()
    window.film(title)
    return findings(page, "the cover", looks=TWO_LOOKS)


def test_the_page_warns_then_covers_itself_and_keeps_what_was_typed(signed_in, demo_site):
    window = signed_in("frontdesk")
    page = window.page
    page.clock.install()
    open_request(window, demo_site, "Covered Person")
    note = page.get_by_label("Note", exact=True)
    note.fill(TYPED)
    warning = page.get_by_text("Nothing was done here for a while. In less than two minutes")
    expect(warning).to_be_hidden()

    # Two minutes before, quietly: whoever types goes on typing.
    let_pass(window, demo_site, 14 * MINUTE - 30)
    page.clock.fast_forward((13 * MINUTE + 5) * 1000)
    expect(warning).to_be_visible()
    expect(note).to_be_focused()
    found = findings(page, "the warning", within=".session-watch", looks=TWO_LOOKS)
    window.film("warned")
    page.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()
    expect(note).to_be_focused()

    # Nobody came back.
    found |= wait_for_the_cover(window, demo_site, "covered")
    assert found == {}
    assert "Covered Person" not in page.locator("body").inner_text()
    assert page.title() == "Signed out"
    expect(note).to_be_hidden()
    # No key reaches what lies beneath.
    page.keyboard.press("u")
    page.get_by_role("button", name="Show the page again").click()
    expect(page.get_by_text("You aren’t signed in yet.")).to_be_visible()

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    tab = opened.value
    tab.wait_for_load_state("load")
    sign_in_here(tab, demo_site)
    assert tab.url.endswith("/admin/account/sessions/")
    page.bring_to_front()
    # It may show itself meanwhile, so nobody waits for the button; and what is covered takes no key.
    page.get_by_role("button", name="Show the page again", include_hidden=True).dispatch_event("click")
    expect(note).to_be_visible()
    expect(note).to_have_value(TYPED)
    save_note(page)
    assert "Note added" in page.get_by_role("main").inner_text()
    assert (
        page.evaluate("[localStorage.length, sessionStorage.length, document.cookie].join()").count(TYPED)
        == 0
    )


def test_the_pages_of_an_account_warn_and_cover_themselves_too(signed_in, demo_site):
    window = signed_in("frontdesk")
    page = window.page
    page.clock.install()
    page.goto("/admin/account/factors/")
    let_pass(window, demo_site, 14 * MINUTE - 30)
    page.clock.fast_forward((13 * MINUTE + 5) * 1000)
    expect(page.get_by_text("Nothing was done here for a while.")).to_be_visible()
    found = findings(page, "the warning", within=".session-watch", looks=TWO_LOOKS)
    window.film("warned-account")
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.get_by_text("Nothing was done here for a while.")).to_be_hidden()

    found |= wait_for_the_cover(window, demo_site, "covered-account")
    assert found == {}
    expect(page.get_by_role("heading", name="Your second factors")).to_be_hidden()


def test_the_sessions_of_somebody_have_no_barrier_and_end_elsewhere(signed_in):
    here, elsewhere = signed_in("manager"), signed_in("manager")
    page = here.page
    page.goto("/admin/account/")
    page.get_by_role("tab", name="More actions").click()
    press(page, "My sessions", "link")
    assert findings(page, "my sessions", within=".content") == {}
    here.film("sessions")
    press(page, "End all others")
    # Other tests may have left some.
    assert " ended" in page.locator(".messages").inner_text()
    elsewhere.go("/admin/requests/")
    assert elsewhere.path == "/admin/login/"
    assert here.complaints == []
