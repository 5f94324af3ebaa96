"""On the oldest browsers we support everything can be read and used, and what is hidden stays hidden."""

import re

import pytest

from tests.journeys.patient import SEND, expect_received, fill_in_least

from .axe import findings
from .hand import ChromiumHand
from .old_browsers import CHROME_90, FIREFOX_ESR, OLD_BROWSERS, SAFARI_14

pytestmark = [pytest.mark.once, pytest.mark.long]

PAGES = [
    "/",
    "/treatments/iv-ketamine-infusion/",
    "/treatments/compare-iv-and-im/",
    "/consultation/",
    "/consultation/es/",
    "/get-help-now/",
    "/search/?query=treatment",
]
LOOKS = [(390, "light"), (1280, "dark")]
TRAP = "[data-lpignore][tabindex='-1']"
by_name = pytest.mark.parametrize("old", OLD_BROWSERS, ids=lambda old: old.name)


@pytest.fixture
def old_window(visit):
    """A function that opens a window of an old browser."""

    def open_window(old, **options):
        window = visit(**{"width": 390, "height": 844, **options})
        old.open(window)
        return window

    return open_window


@by_name
def test_every_page_can_be_read_and_shows_no_trap(old_window, old):
    window, found = old_window(old), {}
    for address in PAGES:
        window.page.set_viewport_size({"width": 390, "height": 844})
        window.go(address)
        window.film(f"{old.name} {address.strip('/?=').replace('/', ' ')}")
        found |= findings(window.page, address, looks=LOOKS)
        for trap in window.page.locator(TRAP).all():
            assert not trap.is_visible(), address
    assert found == {}
    assert window.complaints == []


@by_name
def test_a_request_can_be_sent(old_window, old):
    window = old_window(old)
    window.go("/consultation/")
    hand = ChromiumHand(window)
    fill_in_least(hand, name=f"On {old.name}")
    hand.follow(SEND)
    expect_received(hand)
    assert window.complaints == []


@pytest.mark.parametrize("old", [SAFARI_14, CHROME_90], ids=lambda old: old.name)
def test_without_popovers_the_menu_is_a_link_to_the_one_at_the_foot(old_window, old):
    window = old_window(old)
    page = window.page
    window.go("/treatments/")
    assert not page.get_by_role("navigation", name="Main").is_visible()
    assert not page.locator(".menu-button").is_visible()
    page.locator(".header").get_by_role("link", name="Menu").click()
    foot = page.get_by_role("navigation", name="All of this site")
    assert foot.locator("a").first.evaluate("link => link.getBoundingClientRect().top < innerHeight")
    entries = page.locator(".menu__link").all_text_contents()
    assert entries
    assert foot.locator("a").all_text_contents() == entries


def test_with_popovers_the_button_opens_it(old_window):
    page = old_window(FIREFOX_ESR).page
    page.goto("/treatments/")
    assert not page.locator(".menu-link").is_visible()
    page.get_by_role("button", name="Menu").click()
    assert page.get_by_role("navigation", name="Main").is_visible()


@by_name
def test_on_a_wide_screen_the_menu_is_a_row(old_window, old):
    page = old_window(old, width=1280).page
    page.goto("/treatments/")
    tops = {round(link.bounding_box()["y"]) for link in page.locator(".menu__link").all()}
    assert len(tops) == 1


def test_what_shows_no_folded_content_by_style_opens_the_search_by_hand(old_window):
    """A fold whose content a wide screen can't show stays one to open."""
    window = old_window(FIREFOX_ESR, width=1280)
    window.go("/treatments/")
    window.page.locator("summary", has_text="What would you like to find?").click()
    window.page.get_by_label("What would you like to find?").fill("driving")
    window.page.get_by_role("button", name="Search").click()
    window.page.wait_for_url(re.compile(r"query=driving"))


@by_name
def test_the_menu_of_old_telephones_covers_nothing(old_window, old):
    """The bar at the foot is as high as it says, or stands below everything."""
    page = old_window(old).page
    page.goto("/treatments/")
    bar = page.locator(".sticky-bar")
    assert bar.bounding_box()["height"] >= 48
    assert bar.evaluate("bar => bar.scrollHeight <= bar.clientHeight + 1")


def test_nothing_hidden_shows_where_no_stylesheet_came(visit):
    window = visit(width=390)
    window.page.context.route(re.compile(r"\.css"), lambda route: route.abort())
    for address in ("/consultation/", "/consultation/es/"):
        window.go(address)
        assert window.page.locator(TRAP).count() == 1
        assert not window.page.locator(TRAP).is_visible()
