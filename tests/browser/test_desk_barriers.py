"""axe-core finds no barrier on the front desk's screens, and they fit a phone and large letters."""

import pytest

from .axe import TWO_LOOKS, findings
from .visit import follow

pytestmark = pytest.mark.once
OURS = {"within": "main", "looks": TWO_LOOKS}
# A desk and a phone, by day and by night; of a sheet all is ours.
LOOKS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]
PAGES, SHEETS = {"within": "main", "looks": LOOKS}, {"looks": LOOKS}
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


def found_for(page, number):
    """Look for somebody by a part of their number."""
    page.goto("/admin/requests/")
    page.get_by_label("Find by name").fill(number)
    follow(page.get_by_role("button", name="Find"))


def in_a_new_tab(button):
    """Press a button that opens a tab, and return its page."""
    with button.page.expect_popup() as opened:
        button.click()
    opened.value.wait_for_load_state("load")
    return opened.value


def test_no_barrier_with_names_shown_and_found(signed_in):
    page = signed_in("frontdesk").page
    page.goto("/admin/requests/")
    page.get_by_role("button", name="Show names on this page").click()
    page.locator("[data-personal]").first.wait_for()
    found = findings(page, "names shown", **PAGES)
    found_for(page, "0101")
    found |= findings(page, "found", **PAGES)
    found_for(page, "%")
    found |= findings(page, "what can't be looked for", **PAGES)
    assert found == {}


def test_no_barrier_on_appointments_and_the_sheet_for_the_record(signed_in):
    page, found = signed_in("manager").page, {}
    for address in ("/admin/appointments/", "/admin/appointments/?span=week"):
        page.goto(address)
        found |= findings(page, address, **PAGES)
    page.goto("/admin/requests/all/?status=booked")
    follow(page.locator("main td a").first)
    page.locator("#appointment").wait_for()
    for folded in page.locator("#appointment details").all():
        folded.evaluate("folded => { folded.open = true }")
    found |= findings(page, "one appointment", **PAGES)
    sheet = in_a_new_tab(page.get_by_role("button", name="Sheet for the record"))
    found |= findings(sheet, "the sheet for the record", **SHEETS)
    assert found == {}


def test_no_barrier_on_the_hand_over_and_the_sheet_for_an_outage(signed_in):
    page = signed_in("frontdesk").page
    page.goto("/admin/requests/hand-over/")
    found = findings(page, "the hand-over", **PAGES)
    page.get_by_label("For the next shift").fill("The printer is out of paper.")
    follow(page.get_by_role("button", name="Leave the message", exact=True))
    page.goto(page.url)
    found |= findings(page, "handed over", **PAGES)
    page.goto("/admin/requests/outage/")
    found |= findings(page, "before the sheet for an outage", **PAGES)
    page.get_by_label("Why you need names").fill("The site is moved today.")
    page.locator("[name=is_meant]").check()
    follow(page.get_by_role("button", name="Open names and numbers"))
    found |= findings(page, "the sheet for an outage", **SHEETS)
    # As it was, for the tests that follow.
    page.goto("/admin/requests/hand-over/")
    follow(page.get_by_role("button", name="Read, I take over"))
    assert found == {}


def test_no_barrier_on_what_we_hold_and_on_decisions(signed_in):
    page = signed_in("manager").page
    page.goto("/admin/requests/all/?status=closed")
    follow(page.locator("main td a").first)
    request = page.url
    follow(page.get_by_role("link", name="What we hold about this person"))
    found = findings(page, "before what we hold", **PAGES)
    page.get_by_label("How you know").fill("They showed a passport.")
    follow(page.get_by_role("button", name="Make the report"))
    found |= findings(page, "what we hold", **SHEETS)
    page.goto(request)
    follow(page.get_by_role("button", name="Ask to remove them"))
    page.goto("/admin/decisions/")
    found |= findings(page, "decisions", **PAGES)
    follow(page.get_by_role("button", name="Take it back").first)
    page.goto("/admin/decisions/")
    found |= findings(page, "no decision", **PAGES)
    assert found == {}


def test_no_barrier_on_reports_beside_others_and_on_verifying(signed_in):
    page, found = signed_in("manager").page, {}
    # So many figures are dear to look at.
    for address in ("?days=30", "?since=2026-11-30&until=2026-11-01"):
        page.goto(f"/admin/consult-reports/{address}")
        found |= findings(page, address, within="main", looks=[LOOKS[0], LOOKS[-1]])
    page = signed_in("auditor").page
    page.goto("/admin/consult-audit/verify/")
    found |= findings(page, "before verifying", **PAGES)
    page.get_by_role("button", name="Verify").first.click()
    page.locator("[data-verify-result]").wait_for()
    found |= findings(page, "verified", **PAGES)
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
