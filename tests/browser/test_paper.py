"""What is printed fills its sheets, keeps a question whole, and says nothing that is true only now."""

import re

import pytest

pytestmark = pytest.mark.once

# A letter sheet between its margins of 16 mm, in pixels.
SHEET = {"width": 695, "height": 935}
# The same between the 10 mm of a handbook.
PAGE_OF_HANDBOOK = {"width": 740, "height": 980}
EPHEMERAL = re.compile(
    r"open now|opens? (?:today|tomorrow)|closed (?:now|today)|open today|\bhoy\b|ahora está", re.IGNORECASE
)
PRINTED = [
    "/",
    "/consultation/",
    "/consultation/es/",
    "/get-help-now/",
    "/locations/",
    "/locations/north-ridge/",
    "/treatments/iv-ketamine-infusion/",
]


def sheets(page):
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter")))


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/consultation/", 2),
        ("/consultation/es/", 2),
        ("/treatments/compare-iv-and-im/", 3),
        ("/get-help-now/", 2),
    ],
)
def test_it_needs_no_more_sheets(visit, address, most, javascript):
    window = visit(javascript=javascript)
    window.go(address)
    assert sheets(window.page) <= most


def test_every_question_of_the_form_stays_on_one_sheet(visit):
    window = visit(**SHEET)
    window.go("/consultation/")
    window.page.emulate_media(media="print")
    parts = window.page.locator(".form :is(.choices, .who, .ways__part)")
    assert set(parts.evaluate_all("all => all.map(part => getComputedStyle(part).breakInside)")) == {"avoid"}
    labels = window.page.locator(".form :is(.label, .legend)")
    assert set(labels.evaluate_all("all => all.map(label => getComputedStyle(label).breakAfter)")) == {
        "avoid"
    }


def test_the_comparison_stands_whole_on_the_first_sheet(visit):
    window = visit(**SHEET)
    window.go("/treatments/compare-iv-and-im/")
    window.page.emulate_media(media="print")
    table = window.page.locator(".table--comparison").bounding_box()
    assert table["y"] + table["height"] <= SHEET["height"]


@pytest.mark.parametrize("name", ["front-desk", "owners"])
def test_what_somebody_works_by_is_one_page_of_the_handbook(signed_in, name):
    page = signed_in("manager", **PAGE_OF_HANDBOOK).page
    page.goto(f"/admin/handbook/{name}.md")
    page.emulate_media(media="print")
    line = page.locator(".handbook hr")
    assert line.evaluate("line => line.getBoundingClientRect().top + scrollY") <= PAGE_OF_HANDBOOK["height"]


def test_a_sheet_says_nothing_that_is_true_only_now(visit):
    window, found = visit(**SHEET), {}
    for address in PRINTED:
        window.go(address)
        window.page.emulate_media(media="print")
        if said := EPHEMERAL.findall(window.page.locator("body").inner_text()):
            found[address] = said
    assert found == {}
