"""Names on the list: shown with one tap, and gone from the screen once nobody touches it any more."""

import pytest

from .axe import TWO_LOOKS, findings

pytestmark = pytest.mark.once
SHOW = "Show names on this page"


@pytest.fixture
def desk(signed_in):
    """The desk with the names of its page, under a clock that the test moves."""
    page = signed_in("frontdesk").page
    page.clock.install()
    page.goto("/admin/requests/")
    page.get_by_role("button", name=SHOW).click()
    page.locator("[data-personal]").first.wait_for()
    return page


def test_they_go_after_five_minutes_without_a_touch(desk):
    asked = []
    desk.on("request", lambda request: asked.append((request.url, request.headers)))
    desk.clock.fast_forward("04:30")
    desk.mouse.move(200, 300)
    desk.clock.fast_forward("04:30")
    assert desk.locator("[data-personal]").count() > 0
    desk.clock.fast_forward("00:40")
    desk.get_by_text("Names were hidden").wait_for()
    assert desk.locator("[data-personal]").count() == 0
    # A page that asks for something by itself says so, and keeps nobody signed in.
    assert not [url for url, headers in asked if "/admin/" in url and "x-by-itself" not in headers]


def test_a_page_that_a_browser_keeps_for_back_has_none_and_is_asked_for_anew(desk):
    desk.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert desk.locator("[data-personal]").count() == 0
    with desk.expect_navigation():
        desk.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    desk.get_by_role("button", name=SHOW).wait_for()


def test_no_barrier_with_names(desk):
    assert findings(desk, "names on the list", within="main .triage", looks=TWO_LOOKS) == {}
