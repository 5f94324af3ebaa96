"""axe-core finds no barrier on the front desk's screens, and they fit a phone and large letters."""

import pytest

from .axe import TWO_LOOKS, findings
from .visit import follow

pytestmark = pytest.mark.once
OURS = {"within": "main", "looks": TWO_LOOKS}
SCREENS = {
    "frontdesk": [
        "/admin/requests/",
        "/admin/requests/all/",
        "/admin/requests/views/",
        "/admin/requests-by-phone/",
        "/admin/handbook/front-desk.md",
    ],
    "manager": [
        "/admin/consult-reports/",
        "/admin/consult-reports/?days=90",
        "/admin/consult-reports/?days=90&rounded=yes",
        "/admin/requests/export/",
        "/admin/requests/all/?status=closed",
    ],
    "auditor": ["/admin/consult-audit/"],
}


@pytest.mark.parametrize("user", SCREENS)
def test_no_barrier_on_a_list(signed_in, user):
    window = signed_in(user)
    found = {}
    for address in SCREENS[user]:
        window.go(address)
        found |= findings(window.page, address, **OURS)
    assert found == {}


def test_no_barrier_on_a_request_its_errors_and_its_sheet(signed_in):
    page = signed_in("frontdesk").page
    page.goto("/admin/requests/")
    page.get_by_role("button", name="Show name and contact").first.click()
    page.locator(".desk__person").wait_for()
    page.locator("[data-open-here]").first.click()
    page.locator("[data-card] .contact").wait_for()
    found = findings(page, "a name shown and a request opened in its row", **OURS)
    follow(page.locator(".desk__reference").first)
    found |= findings(page, "a request", **OURS)
    follow(page.get_by_role("button", name="Reached: call back"))
    found |= findings(page, "a request with errors", **OURS)
    follow(page.get_by_role("link", name="Sheet to print"))
    found |= findings(page, "the sheet", looks=TWO_LOOKS)
    assert found == {}


def test_no_barrier_when_something_is_found_or_done_to_several(signed_in):
    page = signed_in("frontdesk").page
    page.goto("/admin/requests/")
    page.get_by_label("Find by name").fill("0101")
    follow(page.get_by_role("button", name="Find"))
    found = findings(page, "found", **OURS)
    page.goto("/admin/requests/all/")
    page.locator("[name=ticked]").first.check()
    page.get_by_label("With the ticked ones").select_option("spam")
    follow(page.get_by_role("button", name="Go on"))
    found |= findings(page, "several", **OURS)
    assert found == {}


def test_no_barrier_where_somebody_was_faster_or_answers_by_email(signed_in):
    page = signed_in("manager").page
    page.goto("/admin/requests/all/?status=new")
    follow(page.locator("main td a").first)
    colleague = page.context.new_page()
    colleague.goto(page.url)
    follow(colleague.get_by_role("button", name="Claim this request"))
    follow(page.get_by_role("button", name="Claim this request"))
    found = findings(page, "a conflict", **OURS)
    page.goto("/admin/requests/")
    page.get_by_label("Find by name").fill("sample.person.2@example.org")
    follow(page.get_by_role("button", name="Find"))
    follow(page.locator(".desk a.desk__reference").first)
    follow(page.get_by_role("link", name="We could not reach you"))
    found |= findings(page, "an answer", **OURS)
    page.goto("/admin/requests/all/?status=closed")
    follow(page.locator("main td a").first)
    found |= findings(page, "a closed request for a manager", **OURS)
    assert found == {}


def test_the_day_can_be_done_with_the_keyboard(signed_in):
    """From the list to an outcome without a mouse, on a screen at 400 %."""
    page = signed_in("frontdesk", width=320, height=200).page
    page.goto("/admin/requests/")
    page.locator(".desk__reference").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#contact-title")
    reference = page.locator("h1").last.inner_text().split()[-1]
    button = page.get_by_role("button", name="No answer")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/requests/")
    assert f"{reference}: No answer. Working on it." in page.get_by_role("main").inner_text()
