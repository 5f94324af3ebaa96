"""axe-core finds no barrier on any kind of page, in light and dark, on a phone and on a desk."""

import pytest

from tests.site.test_public_pages import live_pages

from .axe import findings

FIXED = [
    "/get-help-now/",
    "/search/",
    "/search/?query=treatment",
    "/search/?query=qzxwv",
    # The crisis card, in the other language too; a pinned answer; a word read as another.
    "/search/?query=quiero+morir",
    "/search/?query=insurence+cost",
    "/search/?query=cita",
    "/no-such-place/",
]
pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def kinds(demo_site):
    """One address of every page type, and every address outside the tree but the form's."""
    by_type = {name: path for path, name in live_pages(demo_site).items()}
    return [*by_type.values(), *FIXED]


def test_no_barrier_on_any_kind_of_page(visit, kinds):
    window = visit()
    found = {}
    for address in kinds:
        window.go(address)
        found |= findings(window.page, address)
    assert found == {}
