"""Every public page, and every state of the form, is what the standard calls HTML: no error, no warning."""

import os

import pytest

from tests.site.http import fetch
from tests.site.validator import NoValidator, faults, find_validator

pytestmark = pytest.mark.once
ADDRESSES = ["/no-such-place/", "/consultation/received/AB3CD4EF5G/no/"]


@pytest.fixture(scope="module")
def validator():
    """The validator; without one these tests skip, or fail where they are required."""
    try:
        return find_validator()
    except NoValidator as reason:
        (pytest.fail if os.environ.get("HTML_TESTS") == "required" else pytest.skip)(str(reason))


def test_no_page_has_a_fault(crawl, demo_site, validator):
    pages = {path: answer.body for path, answer in crawl.pages.items()}
    pages |= {path: fetch(demo_site.url + path).body for path in ADDRESSES}
    assert faults(validator, pages) == {}


def test_a_fault_would_be_seen(validator):
    assert faults(validator, {"here": b"<!doctype html><html lang=en><title>A</title><p><ul><li>B</ul></p>"})
