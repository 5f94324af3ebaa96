"""The bar at the foot of small screens never covers what somebody reads or has reached."""

import pytest

pytestmark = pytest.mark.once

PAGES = ["/", "/treatments/im-ketamine-injection/", "/search/?query=treatment"]
COVERED = """() => {
  const bar = document.querySelector(".sticky-bar").getBoundingClientRect();
  const focused = document.activeElement;
  if (focused.closest(".sticky-bar")) return "";
  const box = focused.getBoundingClientRect();
  return box.bottom > bar.top + 1 && box.top < bar.bottom ? focused.outerHTML.slice(0, 120) : "";
}"""
MOST_STOPS = 200


@pytest.mark.parametrize("address", PAGES)
def test_nothing_that_has_the_focus_is_covered(visit, address):
    window = visit(width=390, height=700)
    page = window.page
    window.go(address)
    covered, seen = [], 0
    while seen < MOST_STOPS:
        page.keyboard.press("Tab")
        seen += 1
        covered.append(page.evaluate(COVERED))
        if page.evaluate("document.activeElement.closest('.sticky-bar') !== null"):
            break
    assert seen < MOST_STOPS
    assert [element for element in covered if element] == []


@pytest.mark.parametrize("address", PAGES)
def test_the_end_of_the_page_can_be_read(visit, address):
    window = visit(width=390, height=700)
    window.go(address)
    window.page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    footer, bar = (window.page.locator(name).bounding_box() for name in (".footer", ".sticky-bar"))
    content = window.page.locator(".footer p").last.bounding_box()
    assert content["y"] + content["height"] <= bar["y"]
    assert footer["width"] == bar["width"] == 390


@pytest.mark.parametrize("address", ["/consultation/", "/get-help-now/", "/no-such-place/"])
def test_it_is_not_where_it_would_disturb(visit, address):
    window = visit(width=390)
    window.go(address)
    assert window.page.locator(".sticky-bar").count() == 0


def test_it_steps_aside_on_a_low_screen_and_on_a_wide_one(visit):
    low = visit(width=390, height=380)
    low.go("/")
    assert low.page.locator(".sticky-bar").evaluate("bar => getComputedStyle(bar).position") == "static"
    wide = visit(width=1280)
    wide.go("/")
    assert not wide.page.locator(".sticky-bar").is_visible()
