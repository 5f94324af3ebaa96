"""The form as a screen reader gets it: every question in its order, said to be needed, with what is wrong."""

import pytest

from tests.journeys.patient import CALL, CONSENT, FORM, ME, NAME, PHONE, SEND, choice

from .tree import spoken
from .visit import follow

pytestmark = pytest.mark.once
AGREE = "Please contact me about this request"
# What is always asked, in the order in which it is heard.
QUESTIONS = [
    ("radiogroup", "Who is it for?"),
    ("radio", "For me"),
    ("radio", "For someone else"),
    ("textbox", "What should we call you?"),
    ("radiogroup", "How may we reach you?"),
    ("radio", "Call"),
    ("radio", "Text"),
    ("radio", "E-mail"),
    ("checkbox", AGREE),
    ("button", "Send request"),
]
NEEDED = ["Who is it for?", "What should we call you?", "How may we reach you?"]


@pytest.fixture
def page(visit):
    """The empty form on a phone."""
    window = visit(width=390, height=844)
    window.go(FORM)
    return window.page


def found(said, name):
    """Return the one thing that is heard by a name beginning like this."""
    return next(
        thing for thing in said if thing.name.startswith(name) and thing.role not in ("link", "heading")
    )


def test_every_question_is_heard_in_its_order(page):
    heard = iter(spoken(page))
    for role, name in QUESTIONS:
        assert any(thing.role == role and thing.name.startswith(name) for thing in heard), (role, name)


def test_nothing_is_heard_twice_nor_what_was_not_asked(page):
    said = spoken(page)
    assert [thing.name for thing in said if thing.role == "button"].count("Send request") == 1
    assert [thing.name for thing in said if thing.role == "textbox"] == ["What should we call you?"]
    assert [thing.name for thing in said if thing.role == "checkbox"] == [found(said, AGREE).name]


def test_what_is_needed_is_said_and_nothing_is_wrong_yet(page):
    said = spoken(page)
    assert [name for name in NEEDED if not found(said, name).states.get("required")] == []
    # The tree leaves it out of what it tells of a box.
    assert page.locator(CONSENT).get_attribute("aria-required") == "true"
    assert [thing for thing in said if thing.states.get("invalid") == "true"] == []


def test_what_a_choice_brings_is_heard_after_it(page):
    page.locator(CALL).click()
    said = spoken(page)
    number = found(said, "Phone number")
    assert number.states["required"]
    assert number.description == "With area code."
    assert said.index(found(said, "E-mail")) < said.index(number) < said.index(found(said, AGREE))


def test_every_error_is_heard_at_the_summary_and_at_its_question(page):
    page.locator(CALL).click()
    page.locator(PHONE).fill("12")
    follow(page.locator(SEND))
    said = spoken(page)
    assert said[0].role == "alert" and said[0].name == "There is a problem"
    assert said[0].states["focused"]
    links = [
        thing.name for thing in said if thing.role == "link" and "/consultation/#" in thing.states["url"]
    ]
    described = [found(said, name).description for name in (NEEDED[0], NEEDED[1], "Phone number", AGREE)]
    assert len(links) == len(described)
    for error, description in zip(links, described, strict=True):
        assert description.endswith(f"Error: {error}")
    for name in (NEEDED[1], "Phone number", AGREE):
        assert found(said, name).states["invalid"] == "true"


def test_the_way_to_the_end_by_keyboard_alone(page):
    """Tab and space from the top of the form to the page that says it arrived."""
    stops = [ME, NAME, choice("way", "call"), PHONE, CONSENT, SEND]
    texts = {NAME: "Keyboard Person", PHONE: "(555) 555-0181"}
    for stop in stops:
        tab_to(page, stop)
        page.keyboard.type(texts[stop]) if stop in texts else page.keyboard.press("Space")
    page.wait_for_url("**/received/**")


def tab_to(page, selector):
    """Press Tab until this element has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(selector).first.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab never came to {selector}")
