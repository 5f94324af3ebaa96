"""The desk without a reload: requests open and are answered in their row, and the list keeps itself fresh."""

import pytest

from .axe import TWO_LOOKS, findings
from .desk_window import Desk, send

pytestmark = pytest.mark.once
NAME, NOTE = "Markername Desk", "Markernote: my husband answers, so text me."
# What may wait until the list asks again by itself, with some to spare (ms).
BY_ITSELF = 60_000
STORED = """async () => JSON.stringify([
  Object.entries(localStorage), Object.entries(sessionStorage), history.state, document.title, location.href,
  await caches.keys(), (await indexedDB.databases()).map((each) => each.name),
])"""


@pytest.fixture(params=[1280, 390])
def desk(request, signed_in):
    return Desk(signed_in("frontdesk", width=request.param))


def test_a_usual_outcome_is_one_tap_and_can_be_taken_back(desk, demo_site):
    reference = send(
        demo_site, name=NAME, phone=f"(555) 555-{desk.page.viewport_size['width']:04}", note=NOTE
    )
    desk.find(reference)
    card = desk.open(reference)
    assert NOTE in card.inner_text()
    assert desk.cost().loads == 0
    button = card.get_by_role("button", name="No answer")
    before = desk.page.evaluate("scrollY")
    button.click()
    desk.row(reference).wait_for(state="detached")
    assert desk.cost().taps == 1
    assert f"{reference}: No answer. Working on it. It comes up" in desk.said()
    assert desk.page.locator("[data-said]").is_visible()
    assert abs(desk.page.evaluate("scrollY") - before) < 1200
    stored = desk.page.evaluate(STORED)
    assert "Marker" not in stored
    desk.page.get_by_role("button", name=f"Undo {reference}").click()
    desk.row(reference).wait_for()
    assert "Taken back" in desk.said()
    assert desk.loads == []


@pytest.fixture
def held(desk):
    """Answers to outcomes that don't come yet: whoever waits for one lets it go on."""
    routes = []
    desk.page.route("**/outcome/**", lambda route: routes.append(route))
    return routes


def test_what_is_tapped_meanwhile_does_nothing_and_that_is_said(desk, demo_site, held):
    reference = send(demo_site, name=NAME, phone=f"(555) 565-{desk.page.viewport_size['width']:04}")
    desk.find(reference)
    card = desk.open(reference)
    card.get_by_role("button", name="No answer").dblclick()
    card.get_by_role("button", name="Wrong number").click()
    held[0].continue_()
    desk.wait_for_word(f"{reference}: No answer.", "What you tapped before that was answered did nothing")
    assert len(held) == 1
    assert desk.page.get_by_role("button", name=f"Undo {reference}").is_visible()


def test_the_same_twice_is_once_and_nothing_is_said(desk, demo_site, held):
    reference = send(demo_site, name=NAME, phone=f"(555) 566-{desk.page.viewport_size['width']:04}")
    desk.find(reference)
    desk.open(reference).get_by_role("button", name="No answer").dblclick()
    held[0].continue_()
    assert "tapped" not in desk.wait_for_word(f"{reference}: No answer.")
    assert len(held) == 1


def test_a_name_that_is_shown_leaves_what_can_be_taken_back(desk, demo_site):
    reference = send(demo_site, name=NAME, phone=f"(555) 567-{desk.page.viewport_size['width']:04}")
    desk.find(reference)
    desk.open(reference).get_by_role("button", name="No answer").click()
    said = desk.wait_for_word(f"{reference}: No answer.")
    row = desk.page.locator("[data-row]").filter(has=desk.page.locator("[data-show-name]")).first
    row = desk.page.locator(f"#{row.get_attribute('id')}")
    row.get_by_role("button", name="Show name and contact").click()
    row.locator(".desk__person").wait_for()
    assert desk.said() == said
    assert desk.page.get_by_role("button", name=f"Undo {reference}").is_visible()


def test_the_list_proves_itself_anew_to_whoever_signed_in_again(desk, signed_in):
    """In another tab of the same browser; the page that was covered goes on without a list that is noted."""
    page = desk.page
    page.goto("/admin/requests/")
    before = page.locator("[data-list]").get_attribute("data-fresh")
    page.evaluate("document.querySelector('[data-list]').dataset.fresh = 'of another session'")
    page.wait_for_function(
        "document.querySelector('[data-list]').dataset.fresh !== 'of another session'", timeout=BY_ITSELF
    )
    assert (
        page.locator("[data-list]").get_attribute("data-fresh").partition(":")[0] == before.partition(":")[0]
    )


def test_contents_that_are_removed_leave_the_page(desk, demo_site, signed_in):
    width = desk.page.viewport_size["width"]
    reference = send(demo_site, name=NAME, phone=f"(555) 569-{width:04}", note=NOTE)
    managers = [Desk(signed_in(name, width=width)) for name in ("manager", "deputy")]
    managers[0].find(reference)
    managers[0].open(reference).get_by_role("button", name="Asked us to stop").click()
    managers[0].wait_for_word(f"{reference}: Asked us to stop.")
    for manager in managers:
        manager.page.goto("/admin/requests/")
        manager.page.get_by_label("Find by name").fill(reference)
        manager.page.get_by_role("button", name="Find", exact=True).click()
        card = manager.open(reference)
        is_first = manager is managers[0]
        card.get_by_role("button", name="Ask to remove them" if is_first else "Remove them for good").click()
        manager.wait_for_word(
            reference, "Your wish is noted" if is_first else "The contents are removed for good"
        )
    managers[1].card(reference).get_by_role("heading", name="The contents are gone").wait_for()
    assert NAME not in managers[1].row(reference).inner_text()
    assert NOTE not in managers[1].page.content()


def test_what_was_found_says_what_came_of_it_last(desk, demo_site):
    number = f"(555) 568-{desk.page.viewport_size['width']:04}"
    reference = send(demo_site, name=NAME, phone=number)
    desk.page.goto("/admin/requests/")
    desk.page.get_by_label("Find by name").fill(number)
    desk.page.get_by_role("button", name="Find", exact=True).click()
    row = desk.row(reference)
    desk.open(reference).get_by_role("button", name="Reached: not interested").click()
    row.get_by_text("Reached: not interested. Closed. Reason: Not interested now.").wait_for()
    desk.page.get_by_role("button", name=f"Undo {reference}").click()
    row.get_by_text("Taken back").wait_for()
    assert "Closed" not in row.inner_text()


def test_what_is_missing_is_said_in_the_row_and_what_was_typed_stays(desk, demo_site):
    reference = send(demo_site, name=NAME, phone=f"(555) 556-{desk.page.viewport_size['width']:04}")
    desk.find(reference)
    card = desk.open(reference)
    card.get_by_label("Note", exact=True).fill("Her sister answered.")
    card.get_by_role("button", name="Reached: call back").click()
    card.get_by_text("Choose when to call back").wait_for()
    assert card.get_by_label("Note", exact=True).input_value() == "Her sister answered."
    card.get_by_role("button", name="Claim this request").click()
    desk.page.locator("[data-said]").filter(has_text="With frontdesk").wait_for()
    assert "Note added" in desk.said()
    assert desk.row(reference).locator("[data-card]").get_by_text("Her sister answered.").count() > 0
    assert desk.loads == []


def test_it_keeps_itself_fresh_around_whoever_works(desk, demo_site, signed_in):
    width = desk.page.viewport_size["width"]
    reference = send(demo_site, name=NAME, phone=f"(555) 557-{width:04}")
    desk.find(reference)
    card = desk.open(reference)
    field = card.get_by_label("Note", exact=True)
    field.fill("Half a sen")
    # It waits while somebody types, and goes on when they look elsewhere.
    card.locator("h2").first.focus()
    other = Desk(signed_in("manager"))
    other.find(reference)
    theirs = other.open(reference)
    desk.row(reference).get_by_text("manager is looking at it now").first.wait_for(timeout=BY_ITSELF)
    assert field.input_value() == "Half a sen"
    assert NAME in card.inner_text()
    # What a colleague did shows, and who wants to do it as well is told, with the note kept.
    theirs.get_by_role("button", name="No answer").click()
    other.row(reference).wait_for(state="detached")
    card.get_by_role("button", name="Wrong number").click()
    card.get_by_text("Somebody was faster").wait_for()
    assert "Half a sen" in card.get_by_label("Note", exact=True).input_value()
    assert desk.loads == []


def test_no_barrier_with_a_request_open_and_after_its_outcome(desk, demo_site):
    reference = send(demo_site, name=NAME, phone=f"(555) 559-{desk.page.viewport_size['width']:04}")
    desk.find(reference)
    card = desk.open(reference)
    found = findings(desk.page, "opened in its row", within="main .triage", looks=TWO_LOOKS)
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= desk.page.viewport_size["width"]
    card.get_by_role("button", name="No answer").click()
    desk.page.get_by_role("button", name=f"Undo {reference}").wait_for()
    found |= findings(desk.page, "after an outcome", within="main .triage", looks=TWO_LOOKS)
    assert found == {}


def test_without_a_script_every_button_leads_to_a_page_that_does_the_same(signed_in, demo_site):
    reference = send(demo_site, name=NAME, phone="(555) 560-0101")
    window = signed_in("frontdesk", javascript=False)
    page = window.page
    Desk(window).find(reference).get_by_role("link", name="Open").click()
    page.locator(".contact").wait_for()
    page.get_by_role("button", name="No answer").click()
    page.get_by_role("button", name=f"Undo {reference}").click()
    assert "Taken back" in " ".join(page.get_by_role("main").inner_text().split())


def test_the_words_of_a_text_are_copied_with_one_tap(desk, demo_site):
    number = f"(555) 561-{desk.page.viewport_size['width']:04}"
    reference = send(demo_site, name=NAME, phone=number, way="text", texting="yes")
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.find(reference)
    card = desk.open(reference)
    words = card.locator("details.say").filter(has_text="In a text").locator("p").first
    card.get_by_role("button", name="Copy").first.click()
    card.get_by_role("button", name="Copied").wait_for()
    assert desk.page.evaluate("navigator.clipboard.readText()") == words.inner_text()
    assert NAME not in words.inner_text()


def test_a_claim_is_taken_back_where_it_was_made(desk, demo_site):
    reference = send(demo_site, name=NAME, phone=f"(555) 562-{desk.page.viewport_size['width']:04}")
    desk.find(reference)
    desk.open(reference).get_by_role("button", name="Claim this request").click()
    desk.page.get_by_role("button", name=f"Undo {reference}").click()
    desk.page.locator("[data-said]").filter(has_text="Taken back").wait_for()
    assert "New" in desk.row(reference).locator(".desk__state").inner_text()
    assert desk.loads == []


def test_a_name_that_is_shown_beside_a_note_leaves_the_note(desk, demo_site):
    reference = send(demo_site, name=NAME, phone=f"(555) 563-{desk.page.viewport_size['width']:04}")
    row = desk.find(reference)
    desk.open(reference).get_by_label("Note", exact=True).fill("Half a sen")
    row.get_by_role("button", name="Show name and contact").click()
    row.locator(".desk__person").wait_for()
    assert row.get_by_label("Note", exact=True).input_value() == "Half a sen"


def test_whoever_was_signed_out_meanwhile_signs_in_again_with_the_note(desk, demo_site):
    reference = send(demo_site, name=NAME, phone=f"(555) 564-{desk.page.viewport_size['width']:04}")
    desk.find(reference)
    card = desk.open(reference)
    card.get_by_label("Note", exact=True).fill("Half a sentence.")
    desk.page.context.clear_cookies()
    card.get_by_role("button", name="No answer").click()
    desk.page.locator("[name=password]").wait_for()
    assert "Half a sentence." in desk.page.content()
