"""A table comes in from a sheet, as an editor does it."""

import pytest

COPIED = '\tMinutes\tWho\nTalk before\t30\t"You and\na clinician"\nInfusion\t40\tYou'
RAISED = (
    "<table><tr><th>What</th><th>How many</th></tr><tr><td>Cells</td><td>10<sup>6</sup></td></tr></table>"
)
PASTE = """(field, {text, html}) => {
  const copied = new DataTransfer();
  copied.setData("text/plain", text);
  copied.setData("text/html", html);
  field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: copied, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def editor(signed_in):
    """A new page in the editor."""
    window = signed_in("editor")
    home = window.page.request.get("/admin/api/main/pages/?type=core.HomePage").json()["items"][0]["id"]
    window.go(f"/admin/pages/add/core/standardpage/{home}/")
    window.page.locator("[name=title]").fill("How long it takes")
    return window.page


def insert(page, kind):
    """Add a block at the end."""
    page.locator("#panel-child-content-body-section .c-sf-add-button").last.click()
    page.get_by_role("option", name=kind, exact=True).click()


def saved(page):
    page.get_by_role("button", name="Save draft").first.click()
    page.wait_for_url("**/edit/")
    return page


def test_copied_table_fills_the_block(editor):
    insert(editor, "Table")
    box = editor.get_by_label("Paste a table here")
    box.evaluate(PASTE, {"text": "\t".join("abc" * 20), "html": ""})
    said = editor.locator(".table-paste__said")
    assert "That makes 60 columns" in said.inner_text()
    box.press_sequentially("a caption?")
    assert "only takes a copied table" in said.inner_text() and box.input_value() == ""
    box.evaluate(PASTE, {"text": COPIED, "html": ""})
    headings = editor.locator(".typed-table-block .column-heading")
    assert [heading.input_value() for heading in headings.all()] == ["", "Minutes", "Who"]
    cells = editor.locator(".typed-table-block tbody textarea")
    assert [cell.input_value() for cell in cells.all()][:3] == ["Talk before", "30", "You and a clinician"]
    editor.get_by_label("Caption").fill("How long each part takes")
    cells = saved(editor).locator(".typed-table-block tbody textarea")
    assert cells.last.input_value() == "You"
    cells.first.evaluate(PASTE, {"text": "", "html": RAISED})
    assert cells.count() == 12
    assert cells.nth(10).input_value() == "10⁶"
