"""Who writes and who reviews meets no barrier on any screen, and none is too wide for a telephone."""

import pytest

from .axe import WIDE, findings
from .room import cut_off
from .visit import follow

pytestmark = pytest.mark.once
PHONE = 390
LOOKS = [(WIDE, "light"), (PHONE, "dark")]
# Wagtail's own, beside what we write: its map of a long form, and its editor of texts, which has no name yet.
OURS = {"include": [["main"]], "exclude": [["[data-minimap-container]"], [".DraftEditor-root"]]}
EDITOR = [
    "/admin/",
    "/admin/posts/",
    "/admin/treatments/",
    "/admin/team/",
    "/admin/due/",
    "/admin/removed-pages/",
    "/admin/removed-pages/{removal}/for-good/",
    "/admin/broken-links/",
    "/admin/not-found/",
    "/admin/redirects/",
    "/admin/redirects/add/",
    "/admin/live-pages-that-do-not-hold/",
    "/admin/settings/core/mainmenu/",
    "/admin/snippets/core/sitenotice/",
    "/admin/snippets/core/sitenotice/add/",
    "/admin/pages/{linked}/delete/",
    "/admin/pages/{linked}/unpublish/",
    "/admin/pages/{linked}/move/3/confirm/",
    "/admin/pages/{policy}/delete/",
    "/admin/draft-links/{waiting}/",
    "/admin/pages/{waiting}/edit/",
    "/admin/pages/{waiting}/history/",
    "/admin/pages/{waiting}/revisions/compare/earliest...latest/",
    "/admin/pages/{waiting}/view_draft/?mode=search",
    "/admin/pages/{waiting}/view_draft/?mode=card",
]
REVIEWER = ["/admin/", "/admin/review/", "/admin/review/{waiting}/"]
ADMIN = [
    "/admin/one-clinician/",
    "/admin/one-clinician/new/",
    "/admin/reviewing-accounts/",
    "/admin/reviewing-accounts/new/",
]
SCREENS = {"editor": EDITOR, "reviewer": REVIEWER, "admin": ADMIN}
READER = ["{shared}", "{policy_url}", "{policy_url}version/{policy_version}/"]


def look(window, address, within=OURS):
    """Open a screen and return what stands in somebody's way there."""
    assert window.go(address).status == 200
    found = findings(window.page, address, within=within, looks=LOOKS, also=["target-size"])
    # It looked at the narrow one last.
    window.film(f"screen{address.rpartition('8000')[2].replace('/', '-')[:60]}")
    if lines := cut_off(window.page):
        found[f"{address} is cut off"] = lines
    return found


def look_at_all(window, addresses, everywhere, **options):
    found = {}
    for address in addresses:
        found |= look(window, address.format(**everywhere), **options)
    return found


@pytest.mark.parametrize(("user", "addresses"), SCREENS.items())
def test_no_barrier_and_nothing_cut_off(signed_in, everywhere, user, addresses):
    assert look_at_all(signed_in(user), addresses, everywhere) == {}


def test_no_barrier_for_readers_of_drafts_and_policies(visit, everywhere):
    window = visit()
    assert look_at_all(window, READER, everywhere, within="html") == {}
    assert window.strangers == set()


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_a_reviewer_decides_by_keyboard_alone(signed_in, everywhere, width):
    page = signed_in("reviewer", width=width).page
    page.goto(f"/admin/review/{everywhere['waiting']}/")
    assert page.locator("main iframe").get_attribute("title") == "The page as readers will see it"
    page.locator("main").get_by_role("link", name="Decide").focus()
    page.keyboard.press("Enter")
    reached = []
    for _ in range(10):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert [words for words in reached if words in ("Ask back", "Decline")] == ["Ask back", "Decline"]
    page.get_by_role("button", name="Ask back").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    # Without a question nothing is asked, and the page goes on waiting.
    assert "Nothing was approved or sent" in page.get_by_role("alert").inner_text()


def test_restoring_by_phone(signed_in, everywhere):
    page = signed_in("editor", width=PHONE).page
    page.goto("/admin/removed-pages/")
    restore = page.get_by_role("button", name="Restore “Everywhere gone")
    assert restore.bounding_box()["x"] + restore.bounding_box()["width"] <= PHONE
    follow(restore)
    assert "is back where it stood" in page.locator(".messages").inner_text()
