"""Text twice as large, and text as widely set as somebody needs it: nothing leaves the narrowest screen."""

import pytest

from tests.site.test_public_pages import live_pages

from .test_barriers import FIXED

pytestmark = pytest.mark.once

NARROWEST = 320
FORMS = ["/consultation/", "/consultation/es/"]
LARGE = "html { font-size: 200% !important }"
# What the Web Content Accessibility Guidelines name in 1.4.12.
SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-block-end: 2em !important }"""
SETTINGS = {"large": LARGE, "spaced": SPACED, "large and spaced": LARGE + SPACED}
SET = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
  document.querySelectorAll("details").forEach(details => { details.open = true; });
}"""
# Whatever is drawn beyond the edge of the screen, and whatever a box cuts off.
LEAVING = """() => {
  const said = element => `${element.tagName}.${element.getAttribute("class") || ""}: ` +
    element.textContent.trim().slice(0, 30);
  const drawn = element => element.checkVisibility({visibilityProperty: true}) &&
    element.getBoundingClientRect().width > 2 &&
    !element.closest("svg, input, .skip-link, [aria-hidden=true]");
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    if (!drawn(element)) continue;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const cuts = style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
    if (box.right > innerWidth + 1 || box.left < -1 || cuts) found.push(said(element));
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways");
  return found.slice(0, 5);
}"""


@pytest.fixture(scope="module")
def kinds(demo_site):
    """One address of every page type, and every address outside the tree."""
    by_type = {name: path for path, name in live_pages(demo_site).items()}
    return [*by_type.values(), *FIXED, *FORMS]


@pytest.mark.parametrize("setting", SETTINGS)
def test_nothing_leaves_the_narrowest_screen(visit, kinds, setting):
    window, found = visit(width=NARROWEST), {}
    for address in kinds:
        window.go(address)
        window.page.evaluate(SET, SETTINGS[setting])
        if leaving := window.page.evaluate(LEAVING):
            found[address] = leaving
    window.film(f"text {setting}")
    assert found == {}


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_menu_fits_as_well(visit, setting):
    window = visit(width=NARROWEST)
    window.go("/treatments/")
    window.page.evaluate(SET, SETTINGS[setting])
    window.page.locator(".menu-button").click()
    assert window.page.evaluate(LEAVING) == []


@pytest.mark.parametrize("address", ["/", "/consultation/", "/consultation/es/", "/get-help-now/", "/blog/"])
def test_the_header_of_a_phone_leaves_room_for_the_page(visit, address):
    window = visit(width=390, height=844)
    window.go(address)
    header = window.page.locator(".header").bounding_box()
    assert header["y"] + header["height"] <= 180
    assert window.page.locator(".header-language").first.is_visible()
