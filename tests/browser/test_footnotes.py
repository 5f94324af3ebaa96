"""A footnote is set behind words by mouse and by keyboard, numbered on the page, and taken away again."""

import pytest

from .visit import follow

pytestmark = pytest.mark.once
MARKS_SHOWN_WINDOWS = """addEventListener("load", () => window.jQuery?.fn && jQuery(document).on(
  "shown.bs.modal", (event) => { event.target.dataset.shown = "yes"; }))"""
IS_HANDED_OVER = """words => [...document.querySelectorAll("input[type=hidden][name^=body]")].some(
  (field) => field.value.includes(`"text":"${words}"`))"""
BY_MOUSE, BY_KEYBOARD = "Chilukuri", "Crane"


@pytest.fixture
def editor(signed_in, everywhere):
    """The editor of a page whose last text says “A miracle, and it cures.”"""
    page = signed_in("editor").page
    page.add_init_script(MARKS_SHOWN_WINDOWS)
    page.goto(f"/admin/pages/{everywhere['waiting']}/edit/")
    return page


def text_of(page):
    """Return the last text of the page, ready to be written into."""
    text = page.locator("[data-contentpath=body] .Draftail-Editor [contenteditable][role=textbox]").last
    text.wait_for()
    return text


def wait_for_the_text(page):
    """Wait until the window in which sources are chosen is gone, and the text can be written on."""
    page.locator(".modal-dialog").wait_for(state="detached")
    page.wait_for_function("document.activeElement.isContentEditable")


def chooser(page):
    """Return the window in which sources are chosen, once it took the cursor; no person is faster."""
    page.locator(".modal[data-shown]").wait_for()
    return page.locator(".modal-dialog")


def mark_by_mouse(page, words):
    """Mark the first words of the text, tap the quotation mark, and choose a source."""
    text_of(page).click()
    page.keyboard.press("Control+Home")
    for _ in words:
        page.keyboard.press("Shift+ArrowRight")
    page.locator("[name=REFERENCE]:visible").click()
    chooser(page).get_by_role("link", name=BY_MOUSE).click()
    wait_for_the_text(page)


def mark_by_keyboard(page):
    """Write a slash at the end of the text, find the footnote, and choose a source."""
    text_of(page).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("/foot")
    footnote = page.get_by_role("option", name="Footnote: choose a source")
    footnote.wait_for()
    # Enter chooses what is marked in the list, and begins a new line where nothing is: arrows mark it.
    for _ in range(20):
        if footnote.get_attribute("aria-selected") == "true":
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    source = chooser(page).get_by_role("link", name=BY_KEYBOARD)
    for _ in range(20):
        page.keyboard.press("Tab")
        if source.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    wait_for_the_text(page)


def save(page):
    """Save the draft, once the editor of texts handed over to the form what was typed."""
    page.wait_for_function(IS_HANDED_OVER, arg=words_of(page))
    follow(page.get_by_role("button", name="Save draft"))


def words_of(page):
    """Return what the text says in the editor, without what can't be seen."""
    return text_of(page).inner_text().replace("\ufeff", "").strip()


def test_a_footnote_is_set_numbered_and_taken_away(editor, everywhere):
    page = editor
    mark_by_mouse(page, "A miracle")
    assert words_of(page) == "A miracle*, and it cures."
    mark_by_keyboard(page)
    assert words_of(page) == "A miracle*, and it cures.*"
    page.keyboard.type(" So.")
    assert words_of(page) == "A miracle*, and it cures.* So."
    save(page)
    assert words_of(page) == "A miracle*, and it cures.* So."
    page.goto(f"/admin/pages/{everywhere['waiting']}/view_draft/")
    assert page.locator("sup.citation").all_text_contents() == ["Reference [1]", "Reference [2]"]
    sources = page.locator(".references__item")
    assert BY_MOUSE in sources.nth(0).inner_text() and BY_KEYBOARD in sources.nth(1).inner_text()
    page.locator("sup.citation a").first.click()
    assert page.url.endswith("#ref-1")
    page.get_by_role("link", name="Back to the text from reference 1").click()
    assert page.url.endswith("#cite-1-1")
    page.goto(f"/admin/pages/{everywhere['waiting']}/edit/")
    text_of(page).locator(".TooltipEntity").first.click()
    page.locator(".Tooltip").get_by_role("button", name="Remove").click()
    assert words_of(page) == "A miracle, and it cures.* So."
    text_of(page).focus()
    page.keyboard.press("Control+End")
    for _ in " So.":
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Backspace")
    assert words_of(page) == "A miracle, and it cures. So."
    save(page)
    assert words_of(page) == "A miracle, and it cures. So."


def test_a_source_that_is_missing_is_written_down_on_the_spot(editor):
    page = editor
    before = words_of(page)
    text_of(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Shift+ArrowLeft")
    page.locator("[name=REFERENCE]:visible").click()
    dialog = chooser(page)
    dialog.get_by_role("tab", name="New source").click()
    dialog.get_by_label("Address").fill("no address")
    dialog.get_by_role("button", name="Add this source").click()
    dialog.get_by_text("This field is required").wait_for()
    assert dialog.get_by_label("Address").input_value() == "no address"
    dialog.get_by_label("Citation").fill("Everywhere A, Other B. Six weeks of it. J Rest. 2025.")
    dialog.get_by_label("Address").fill("https://journal.example.org/9")
    dialog.get_by_role("button", name="Add this source").click()
    wait_for_the_text(page)
    assert words_of(page) == f"{before}*"
    page.keyboard.press("Backspace")
    assert words_of(page) == before
