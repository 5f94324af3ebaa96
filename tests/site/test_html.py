"""Every public page, and every state of the form, is what the standard calls HTML: no error, no warning."""

import os

import pytest
from django.shortcuts import render
from django.test import RequestFactory

from tests.site.form_states import form_states
from tests.site.http import Document, fetch
from tests.site.validator import NoValidator, faults, find_validator

pytestmark = pytest.mark.once
# What the site answers when it can do nothing else; nobody asks for it.
IN_TROUBLE = ["500.html", "503.html"]
# No link leads there.
ADDRESSES = ["/no-such-place/", "/consultation/es/", "/get-help-now/"]


@pytest.fixture(scope="module")
def pages(crawl, demo_site):
    """``{what it is: HTML}`` of all there is for visitors."""
    found = {path: answer.body for path, answer in crawl.pages.items()}
    found |= {path: fetch(demo_site.url + path).body for path in ADDRESSES}
    found |= {name: render(RequestFactory().get("/"), name).content for name in IN_TROUBLE}
    return found | form_states(demo_site)


@pytest.fixture(scope="module")
def validator():
    """The validator; without one these tests skip, or fail where they are required."""
    try:
        return find_validator()
    except NoValidator as reason:
        (pytest.fail if os.environ.get("HTML_TESTS") == "required" else pytest.skip)(str(reason))


def test_every_page_can_be_read_without_a_guess(pages):
    errors = {name: Document(body).errors for name, body in pages.items()}
    assert {name: found for name, found in errors.items() if found} == {}


def test_every_state_of_the_form_is_another_page(pages):
    """What is checked here is what it says: no two states came to the same page by mistake."""
    titles = {name: Document(body).tree.findtext(".//title") for name, body in pages.items() if " " in name}
    assert titles["could not be kept"] != titles["outside the area"]
    begin = {"received": "We", "copy asked for": "We", "everything missing": "Error", "too large": "Error"}
    for state, title in begin.items():
        assert titles[f"/consultation/ {state}"].startswith(title)


def test_the_validator_finds_nothing(pages, validator):
    assert faults(validator, pages) == {}


def test_the_validator_would_find_a_fault(validator):
    body = b"<!doctype html><html lang=en><title>A</title><p><table role=table><tr><td role=cell>B</table>"
    assert faults(validator, {"here": body}) != {}
