"""A form that is refused says on top which fields are meant, and leads to each, also in another tab."""

import pytest

from .visit import follow

pytestmark = pytest.mark.once


@pytest.mark.parametrize("width", [1280, 390])
def test_the_message_names_the_fields_and_leads_there(signed_in, everywhere, width):
    page = signed_in("editor", width=width).page
    page.goto(f"/admin/pages/{everywhere['linked']}/edit/")
    page.locator("#id_title").fill("")
    page.locator("[data-contentpath=body] .c-sf-add-button").last.click()
    page.get_by_role("option", name="Heading", exact=True).click()
    page.get_by_role("tab", name="Promote").click()
    page.locator("#id_slug").fill("")
    page.get_by_role("tab", name="Content").click()
    page.get_by_role("button", name="More actions").click()
    follow(page.get_by_role("button", name="Publish", exact=True))
    rows = page.locator(".messages .refused-fields li")
    rows.last.wait_for()
    assert rows.all_inner_texts() == [
        "Title: This field is required.",
        "Body → Heading → Text: This field is required.",
        "Slug: This field is required.",
    ]
    page.evaluate("window.scrollTo(0, 0)")
    for row, name in zip(rows.all(), ["title", "body-1-value-text", "slug"], strict=True):
        row.get_by_role("link").focus()
        page.keyboard.press("Enter")
        page.wait_for_function("name => document.activeElement.name === name", arg=name)
    assert page.locator("#id_slug").is_visible()
