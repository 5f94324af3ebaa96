"""A patient reads a post, asks for a consultation and gets a reference; with and without JavaScript."""

import re

import pytest

from tests.site.demo import PUBLIC_REFERENCE

NAME = "Journey Person"


def fill_in(page, **fields):
    """Fill the form the way a person does: by the words beside each field."""
    page.get_by_label("What should we call you?").fill(fields.get("name", NAME))
    page.get_by_label("Phone number").fill(fields.get("phone", "(555) 555-0177"))
    page.get_by_label("Call me").check()
    page.get_by_label("Weekday morning").check()
    page.get_by_label("Ketamine injection").check()
    page.get_by_label("Anything that helps us reach you").fill(fields.get("note", "Ring twice, please."))
    page.get_by_label("Please contact me about this request").check()


def send(page):
    page.get_by_role("button", name="Send request").click()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_front_page_to_a_reference(visit, javascript, width):
    window = visit(javascript=javascript, width=width)
    page = window.page
    window.go("/")
    page.get_by_role("contentinfo")
    window.go("/blog/")
    page.get_by_role("link", name="Intramuscular Ketamine Injections").first.click()
    page.get_by_role("main").get_by_role("link", name="Request A Consultation").first.click()
    assert page.url.endswith("/consultation/?from=blog")
    fill_in(page, note=f"From a screen of {width}, script {javascript}.")
    send(page)
    assert re.search(r"/consultation/received/\w{10}/\w+/$", page.url)
    assert page.get_by_role("heading", level=1).inner_text() == "We have your request"
    assert PUBLIC_REFERENCE.search(page.get_by_role("main").inner_text())
    assert NAME not in page.content()
    assert window.complaints == []


@pytest.mark.parametrize("javascript", [True, False])
def test_mistakes_lose_nothing(visit, javascript):
    window = visit(javascript=javascript)
    page = window.page
    window.go("/consultation/")
    fill_in(page, phone="12", note="Keep this.")
    send(page)
    summary = page.get_by_role("alert")
    assert "There is a problem" in summary.inner_text()
    if javascript:
        assert summary.evaluate("box => box === document.activeElement")
    summary.get_by_role("link", name="Enter a phone number").click()
    assert page.evaluate("document.activeElement.id") == "id_phone"
    assert page.get_by_label("What should we call you?").input_value() == NAME
    assert page.get_by_label("Anything that helps us reach you").input_value() == "Keep this."
    page.get_by_label("Phone number").fill("(555) 555-0178")
    send(page)
    assert page.get_by_role("heading", level=1).inner_text() == "We have your request"


def test_the_form_can_be_sent_with_the_keyboard_alone(visit):
    window = visit()
    page = window.page
    window.go("/consultation/")
    page.get_by_label("What should we call you?").focus()
    page.keyboard.type("Keyboard Person")
    page.keyboard.press("Tab")
    page.keyboard.type("(555) 555-0179")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    while page.evaluate("document.activeElement.id") != "id_consent":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    while page.evaluate("document.activeElement.textContent.trim()") != "Send request":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/received/**")


def test_search_without_javascript(visit):
    window = visit(javascript=False, width=390)
    page = window.page
    window.go("/")
    page.get_by_label("What would you like to find?").first.fill("driving")
    page.get_by_role("button", name="Search").first.click()
    assert "/search/?query=driving" in page.url
    assert page.locator("mark").count() > 0


def test_reload_and_back_make_no_second_request(visit, demo_site):
    window = visit()
    page = window.page
    window.go("/consultation/")
    fill_in(page, name="Twice Person")
    send(page)
    first = page.url
    page.reload()
    assert page.url == first
    page.go_back()
    send(page)
    page.wait_for_url("**/received/**")
    assert page.url == first
