"""axe-core finds no barrier on any kind of page, in light and dark, on a phone and on a desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.factories.consults import form_data
from tests.site.http import fetch
from tests.site.test_public_pages import live_pages

# Read once: it is longer than all of our pages together.
AXE = Axe().axe_script
NARROW, WIDE = 320, 1280
# Best practices beyond the standard count as well; only what axe can't decide doesn't.
OPTIONS = {"resultTypes": ["violations"]}
FIXED = [
    "/get-help-now/",
    "/consultation/",
    "/search/",
    "/search/?query=treatment",
    "/search/?query=qzxwv",
    "/no-such-place/",
]
pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def kinds(demo_site):
    """One address of every page type, and every address outside the tree."""
    by_type = {name: path for path, name in live_pages(demo_site).items()}
    return [*by_type.values(), *FIXED]


def barriers(page):
    """Return what axe finds, as one line a rule with the elements concerned."""
    found = page.evaluate("options => axe.run(document, options)", OPTIONS)["violations"]
    return [
        f"{rule['id']}: {', '.join(str(node['target'][0]) for node in rule['nodes'][:4])}" for rule in found
    ]


def findings(page, address):
    """Look at the open page in every size and scheme; return what stands in somebody's way."""
    found = {}
    page.evaluate(AXE)
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if lines := barriers(page):
                found[f"{address} {width} {scheme}"] = lines
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found[f"{address} {width}"] = ["scrolls sideways"]
    return found


def test_no_barrier_on_any_kind_of_page(visit, kinds):
    window = visit()
    found = {}
    for address in kinds:
        window.go(address)
        found |= findings(window.page, address)
    assert found == {}


def test_no_barrier_on_a_form_with_errors(visit):
    window = visit()
    window.go("/consultation/")
    window.page.locator("main form").evaluate("form => { form.noValidate = true; form.requestSubmit(); }")
    window.page.wait_for_selector(".error-summary")
    assert findings(window.page, "the form with errors") == {}


def test_no_barrier_on_the_page_after_the_form(visit, demo_site):
    window = visit()
    window.go(fetch(f"{demo_site.url}/consultation/", form_data(name="Barrier Person")).url)
    assert window.page.get_by_role("heading", level=1).inner_text() == "We have your request"
    assert findings(window.page, "the page after the form") == {}
