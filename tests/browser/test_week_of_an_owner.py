"""What owners do in a week, the way docs/owners.md tells it; its pictures are drawn on it."""

import re
from datetime import datetime, timedelta

import pytest

from .docs_pictures import draw
from .visit import DESK_CLOCK, follow

pytestmark = pytest.mark.once
KEPT = "Every month"
LAST_MONTH = re.compile("^All that came last month")


def press(page, name, role="button"):
    """Press the button or the link of this name."""
    follow(page.get_by_role(role, name=name, exact=True))


def said(page):
    """Return what the page says, in one line."""
    return " ".join(page.get_by_role("main").inner_text().split())


def open_first(page, address):
    """Open the first request of a list, and return its reference."""
    page.goto(address)
    follow(page.locator("main td a").first)
    return page.locator("h1").last.inner_text().split()[-1]


def test_the_reports_stand_beside_the_days_before(signed_in):
    page = signed_in("manager").page
    press(page, "Reports on requests", "link")
    press(page, "90 days", "link")
    assert "arrived in these 90 days" in said(page)
    today = datetime.now(DESK_CLOCK).date()
    page.get_by_label("From", exact=True).fill(f"{today - timedelta(days=3):%Y-%m-%d}")
    page.get_by_label("To", exact=True).fill(f"{today:%Y-%m-%d}")
    press(page, "Show these days")
    assert re.search(r"arrived in these 4 days: .* than the \d+ before", said(page))
    assert "Difference" in page.locator("#funnel-table").inner_text()
    draw("reports", page)


def test_a_file_is_kept_and_made_in_one_tap(signed_in):
    page = signed_in("manager").page
    page.goto("/admin/requests/all/")
    press(page, "Take this list away as a file", "link")
    which = page.get_by_label("Which requests")
    which.select_option(label=which.locator("option").filter(has_text=LAST_MONTH).inner_text())
    for column in ("Campaign", "Location"):
        page.get_by_label(column, exact=True).uncheck()
    page.get_by_label("Name to keep this choice under").fill(KEPT)
    press(page, "Keep this choice")
    assert f"Kept as {KEPT}. No file was made." in said(page)
    draw("files", page)
    with page.expect_download() as file:
        page.get_by_role("button", name=f"Make the file {KEPT}").click()
    assert file.value.suggested_filename == "requests.xlsx"
    # As it was, for the tests that follow.
    press(page, f"Delete {KEPT}")


def test_what_one_manager_asks_for_waits_for_a_second_one(signed_in):
    page = signed_in("manager").page
    reference = open_first(page, "/admin/requests/all/?status=closed")
    press(page, "Ask to remove them")
    second = signed_in("deputy").page
    press(second, "Decisions", "link")
    assert reference in said(second)
    assert second.get_by_role("button", name="Agree: do it now").count() == 1
    draw("decisions", second, clip={"x": 0, "y": 0, "width": 1280, "height": 450})
    follow(second.get_by_role("button", name="Take it back"))
    assert reference not in said(second)


def test_an_auditor_sees_who_saw_a_request_and_verifies_the_audit(signed_in):
    reference = open_first(signed_in("frontdesk").page, "/admin/requests/all/")
    page = signed_in("auditor").page
    press(page, "Audit of requests", "link")
    follow(page.locator("main td a", has_text=reference).first)
    assert "frontdesk Opened To answer it" in said(page)
    draw("who-saw-it", page)
    follow(page.get_by_role("link", name="Verify the audit"))
    press(page, "Verify now")
    page.locator("[data-verify-result]").wait_for()
    assert "NOT whole" not in said(page)
    draw("verify", page)
