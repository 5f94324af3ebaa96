"""A nurse pastes from Word: into a text, and as a whole text that becomes the blocks of a post."""

import pytest

from tests.pasting.clipboards import clipboard

from .axe import TWO_LOOKS, findings

pytestmark = pytest.mark.once
BODY = "#panel-child-content-body-content"
# As a browser hands over what was copied elsewhere.
PASTE = """(element, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "words");
  element.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
COPY = """(html) => {
  const place = document.createElement("div");
  place.innerHTML = html;
  document.body.append(place);
  getSelection().selectAllChildren(place);
  document.execCommand("copy");
  place.remove();
}"""


def new_post(signed_in):
    page = signed_in("editor").page
    page.goto("/admin/")
    page.goto(page.locator("main a[href*='/add/blog/blogpage/']").first.get_attribute("href"))
    return page


def add_text(page):
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Text", exact=True).click()
    field = page.locator(f"{BODY} [contenteditable=true][role=textbox]").last
    field.wait_for()
    return field


def test_a_whole_text_from_word_becomes_blocks_in_one_act(signed_in):
    page = new_post(signed_in)
    page.get_by_text("Paste a whole text").click()
    page.get_by_role("textbox", name="Paste here").evaluate(PASTE, clipboard("word-post"))
    said = page.locator(".pasting-said")
    said.get_by_text("6 blocks were made").wait_for()
    assert "1 picture was left out" in said.inner_text()
    assert page.locator("#id_title").input_value() == "Five things to ask before a first infusion"
    assert page.locator("ol > li").filter(has_text="Whom do I call at night?").count() == 1
    assert "10⁶" in page.locator(BODY).inner_text()
    assert page.locator(f"{BODY} table textarea").last.input_value() == "about an hour"
    assert findings(page, "a text that was pasted", within=".whole-text", looks=TWO_LOOKS) == {}


def test_a_real_paste_into_a_text_keeps_headings_and_lists(signed_in):
    page = new_post(signed_in)
    field = add_text(page)
    page.evaluate(COPY, "<h2>Head</h2><p>10<sup>6</sup> <b>cells</b></p><ul><li>one</li><li>two</li></ul>")
    field.click()
    page.keyboard.press("Control+V")
    page.locator(".pasting-said").get_by_text("Pasted.").wait_for()
    assert field.locator("h3").inner_text() == "Head"
    assert field.locator("ul li").all_inner_texts() == ["one", "two"]
    assert "10⁶ cells" in field.inner_text()
    page.keyboard.press("Control+Z")
    assert field.inner_text().strip() in ("", "\ufeff")


def test_without_an_answer_nothing_is_pasted_and_it_is_said(signed_in):
    page = new_post(signed_in)
    field = add_text(page)
    page.route("**/admin/pasting/", lambda route: route.abort())
    field.evaluate(PASTE, "<p>words</p>")
    page.locator(".pasting-said").get_by_text("Nothing was pasted").wait_for()
    assert "words" not in field.inner_text()


def test_a_title_keeps_what_was_raised(signed_in):
    page = new_post(signed_in)
    title = page.locator("#id_title")
    title.evaluate(PASTE, "<p>About 10<sup>6</sup> <b>cells</b></p>")
    page.locator(".pasting-said").get_by_text("Pasted.").wait_for()
    assert title.input_value() == "About 10⁶ cells"
