"""Names on the list: shown with one tap, and gone from the screen once nobody touches it any more."""

import pytest

from .axe import TWO_LOOKS, findings
from .visit import follow

pytestmark = pytest.mark.once
SHOW = "Show names on this page"


@pytest.fixture
def desk(signed_in):
    """The desk with the names of its page, under a clock that the test moves."""
    page = signed_in("frontdesk").page
    page.clock.install()
    page.goto("/admin/requests/")
    follow(page.get_by_role("button", name=SHOW))
    page.locator("[data-personal]").first.wait_for()
    return page


def test_they_go_after_five_minutes_without_a_touch(desk):
    asked = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.clock.fast_forward("04:30")
    desk.mouse.move(200, 300)
    desk.clock.fast_forward("04:30")
    assert desk.locator("[data-personal]").count() > 0
    desk.clock.fast_forward("00:40")
    desk.get_by_text("Names were hidden after five minutes").wait_for()
    assert desk.locator("[data-personal]").count() == 0
    # A page that does something by itself keeps nobody signed in.
    assert not [url for url in asked if "/admin/requests/" in url]


def test_no_barrier_with_names(desk):
    assert findings(desk, "names on the list", within="main .triage", looks=TWO_LOOKS) == {}
