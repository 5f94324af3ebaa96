"""What the checks found and what is missing leads to its field, wherever that stands or is folded away."""

import pytest

pytestmark = pytest.mark.once
FOLD = """() => document.querySelectorAll("[data-panel-toggle][aria-expanded=true]").forEach(
  (toggle) => toggle.closest("[data-panel]").querySelector("[data-content-path]") || toggle.click())"""
# Of a text the words that are marked; it may be higher than the screen.
IS_SEEN = """() => {
  const field = document.activeElement;
  const words = field.isContentEditable && getSelection().toString() ? getSelection().getRangeAt(0) : field;
  const { top } = words.getBoundingClientRect();
  return field !== document.body && top >= 0 && top < innerHeight;
}"""
PATH = """() => {
  const paths = [];
  for (let around = document.activeElement; around; around = around.parentElement)
    if (around.dataset.contentpath) paths.unshift(around.dataset.contentpath);
  return paths.join(".");
}"""
# What the server answers when the editor saved: what stands above the fields, without what was mended.
IN_ANSWER = "template[data-controller=w-teleport]"
ANSWER = """mended => {
  const template = document.createElement("template");
  template.innerHTML = document.querySelector("[data-editor-says]").innerHTML;
  if (mended) template.content.querySelector(mended).closest("li").remove();
  template.dataset.wTeleportTargetValue = "[data-editor-says]";
  template.dataset.wTeleportModeValue = "innerHTML";
  template.dataset.controller = "w-teleport";
  document.body.append(template);
}"""
WIDE, PHONE = 1280, 390
ROW = "[data-checks-panel] [data-content-checker-row]"


def led_to(page):
    """Return the place of the field that has the focus, once it came into view."""
    page.wait_for_function(IS_SEEN)
    return page.evaluate(PATH)


@pytest.fixture
def editor(signed_in, everywhere):
    """A function that opens the editor of a page with many faults, all of it folded."""

    def open_editor(width):
        page = signed_in("editor", width=width).page
        page.goto(f"/admin/pages/{everywhere['waiting']}/edit/")
        page.locator("[data-contentpath=body] [contenteditable][role=textbox]").last.wait_for()
        page.evaluate(FOLD)
        return page

    return open_editor


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_a_row_above_the_fields_leads_to_its_field(editor, width):
    page = editor(width)
    rows = page.locator("a[data-content-path]")
    paths = [row.get_attribute("data-content-path") for row in rows.all()]
    # Of the form, of a block, of the other tab.
    assert {"author", "statement", "summary", "search_description"} < set(paths)
    # At both ends of a text that is higher than a phone.
    assert {"it is safe", "proven"} <= {row.get_attribute("data-content-words") for row in rows.all()}
    inside = {path for path in paths if path.startswith("body.")}
    assert len(inside) == 4
    assert {"caption", "heading-2"} < {path.rpartition(".")[2] for path in inside}
    for row, path in zip(rows.all(), paths, strict=True):
        page.get_by_role("tab", name="Content").click()
        page.evaluate(FOLD)
        row.focus()
        page.keyboard.press("Enter")
        # Who reviewed is only to be read: its section is led to.
        assert led_to(page) == ("" if path == "reviewer" else path)


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_a_row_of_the_panel_leads_to_its_field(editor, width):
    page = editor(width)
    toggle = page.locator("[data-side-panel-toggle=checks]")
    toggle.click()
    page.locator(ROW).first.wait_for()
    reached = {}
    for number in range(page.locator(ROW).count()):
        row = page.locator(ROW).nth(number)
        name = row.locator("[data-content-checker-name]").inner_text()
        row.get_by_role("button").click()
        reached.setdefault(name, []).append(led_to(page))
        if width == PHONE:
            # There the panel lay above the field.
            row.wait_for(state="hidden")
            # Wagtail ends a little later to close it.
            page.wait_for_timeout(700)
            toggle.click()
            row.wait_for()
    assert len(page.context.pages) == 1
    assert reached["The summary is empty"] == ["summary"]
    first, second = reached["Promises a cure"]
    assert first.startswith("body.") and second.startswith("body.") and first != second


def test_the_cursor_stays_in_the_rows_while_the_editor_saves(editor):
    page = editor(WIDE)
    row = page.locator("a[data-content-path=search_description]").first
    row.evaluate("row => row.same = 'yes'")
    row.focus()
    page.evaluate(ANSWER, "")
    page.locator(IN_ANSWER).wait_for(state="detached")
    # Nothing else is said: the very row is still there.
    assert page.evaluate("document.activeElement.same") == "yes"
    page.evaluate(ANSWER, "a[data-content-path=summary]")
    page.locator("a[data-content-path=summary]").wait_for(state="detached")
    assert page.evaluate("document.activeElement.dataset.contentPath") == "search_description"
    assert page.evaluate("document.activeElement.same") is None
