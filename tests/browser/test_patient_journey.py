"""A patient reads a post, asks for a consultation and gets a reference; with and without JavaScript."""

import re

import pytest

from tests.site.demo import PUBLIC_REFERENCE

from .consult_form import NAME, NOTE, choose_age, fill_in, fill_in_fields, send, submit
from .visit import follow

MOST_STOPS = 60
# 1280 × 800 at 400 %: what is left of a desk's screen for somebody who needs large letters.
ENLARGED = (320, 200)


def level_one(page):
    return page.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("size", [(1280, 800), (390, 800), ENLARGED])
def test_from_the_front_page_to_a_reference(visit, javascript, size):
    width, height = size
    window = visit(javascript=javascript, width=width, height=height)
    page = window.page
    window.go("/")
    page.get_by_role("contentinfo")
    window.go("/blog/")
    follow(page.get_by_role("link", name="Intramuscular Ketamine Injections").first)
    follow(page.get_by_role("main").get_by_role("link", name="Request A Consultation").first)
    assert page.url.endswith("/consultation/?from=blog")
    fill_in(page, note=f"From a screen of {width}, script {javascript}.")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    send(page)
    assert re.search(r"/consultation/received/\w{10}/[\w-]+/$", page.url)
    assert level_one(page) == "We have your request"
    assert PUBLIC_REFERENCE.search(page.get_by_role("main").inner_text())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert NAME not in page.content()
    assert window.complaints == []


@pytest.mark.once
@pytest.mark.parametrize("javascript", [True, False])
def test_mistakes_lose_nothing(visit, javascript):
    window = visit(javascript=javascript)
    page = window.page
    window.go("/consultation/")
    fill_in(page, phone="12", note="Keep this.")
    send(page)
    assert page.title().startswith("Error: ")
    summary = page.get_by_role("alert")
    assert "There is a problem" in summary.inner_text()
    if javascript:
        assert summary.evaluate("box => box === document.activeElement")
    summary.get_by_role("link", name="The phone number has too few digits").click()
    assert page.evaluate("document.activeElement.id") == "id_phone"
    assert page.get_by_label("What should we call you?").input_value() == NAME
    assert page.get_by_label(NOTE).input_value() == "Keep this."
    for chosen in ("Call me", "Weekday morning", "Ketamine injection", "Please contact me"):
        assert page.get_by_label(chosen).is_checked()
    page.get_by_label("Phone number").fill("(555) 555-0178")
    send(page)
    assert level_one(page) == "We have your request"


def tab_to(page, condition):
    """Press Tab until the element that has the focus meets the condition."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(f"(() => {{ const e = document.activeElement; return {condition}; }})()"):
            return
    raise AssertionError(f"Tab never came to {condition}")


@pytest.mark.once
def test_the_form_can_be_sent_with_the_keyboard_alone(visit):
    window = visit()
    page = window.page
    window.go("/consultation/")
    tab_to(page, "e.id === 'id_name'")
    page.keyboard.type("Keyboard Person")
    tab_to(page, "e.id === 'id_phone'")
    page.keyboard.type("(555) 555-0179")
    tab_to(page, "e.name === 'way'")
    # An arrow moves within a group, as in every form.
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    for name in ("for_whom", "age", "contact"):
        tab_to(page, f"e.name === '{name}'")
        page.keyboard.press("Space")
    tab_to(page, "e.textContent.trim() === 'Send request'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/received/**")


@pytest.mark.once
@pytest.mark.parametrize("javascript", [True, False])
def test_going_back_from_an_exit_page_finds_everything_as_it_was(visit, javascript):
    window = visit(javascript=javascript, width=390)
    page = window.page
    window.go("/consultation/")
    fill_in(page, note="First line.\nSecond line.")
    choose_age(page, "No")
    send(page)
    assert level_one(page) == "We treat adults only"
    follow(page.get_by_role("button", name="Go back and change an answer"))
    assert level_one(page) == "Request A Consultation"
    assert page.get_by_role("alert").count() == 0
    assert page.get_by_label("What should we call you?").input_value() == NAME
    assert page.get_by_label(NOTE).input_value() == "First line.\nSecond line."
    assert page.get_by_label("Please contact me").is_checked()
    choose_age(page, "Yes")
    send(page)
    assert level_one(page) == "We have your request"


@pytest.mark.once
@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("size", [(1280, 800), ENLARGED])
def test_the_same_way_in_spanish(visit, javascript, size):
    window = visit(javascript=javascript, width=size[0], height=size[1])
    page = window.page
    window.go("/consultation/")
    follow(page.get_by_role("link", name="Español"))
    assert page.evaluate("document.documentElement.lang") == "es"
    fill_in_fields(page, name="")
    submit(page)
    assert page.title().startswith("Error: ")
    assert page.locator(".error-summary a").get_attribute("href") == "#id_name"
    page.locator("[name=name]").fill(f"Persona {size[0]} {javascript}")
    submit(page)
    assert "/consultation/es/received/" in page.url
    assert page.evaluate("document.documentElement.lang") == "es"
    assert PUBLIC_REFERENCE.search(page.get_by_role("main").inner_text())
    assert window.strangers == set()


@pytest.mark.once
def test_a_slip_in_the_address_is_a_question(visit):
    window = visit()
    page = window.page
    window.go("/consultation/")
    email = page.get_by_label("E-mail address")
    email.fill("journey.person@gmial.com")
    email.blur()
    assert "journey.person@gmail.com" in page.get_by_text("Did you mean").inner_text()
    fill_in(page)
    send(page)
    assert level_one(page) == "We have your request"


@pytest.mark.once
def test_search_without_javascript(visit):
    window = visit(javascript=False, width=390)
    page = window.page
    window.go("/")
    page.get_by_label("What would you like to find?").first.fill("driving")
    follow(page.get_by_role("button", name="Search").first)
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
