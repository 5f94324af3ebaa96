"""Headings can be linked to: each has an address of its own on its page."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from clinic.core.anchors import FIXED_IDS
from tests.factories.pages import (
    HomePageFactory,
    StandardPageFactory,
    TreatmentIndexPageFactory,
    TreatmentPageFactory,
)

pytestmark = pytest.mark.once

HEADING = re.compile(r'<h2 class="story__heading" id="([^"]*)">([^<]*)</h2>')


@pytest.fixture
def home(db):
    return HomePageFactory.make_site()


def body(*texts):
    """A story of headings; each block has an identifier, as in the editor."""
    return [
        {"type": "heading", "value": {"text": text}, "id": f"0000000{n}-aaaa-4aaa-8aaa-aaaaaaaaaaaa"}
        for n, text in enumerate(texts)
    ]


def headings(client, page):
    """Return anchor and text of each heading, after checking that every id of the page is there once."""
    html = client.get(page.url).content.decode()
    ids = re.findall(r'\bid="([^"]*)"', html)
    assert "" not in ids
    assert sorted(ids) == sorted(set(ids))
    return HEADING.findall(html)


def test_words_become_the_anchor_in_any_script(client, home):
    page = StandardPageFactory(parent=home, body=body("What it costs", "Что это такое", "你好"))
    assert [anchor for anchor, _text in headings(client, page)] == ["what-it-costs", "что-это-такое", "你好"]


def test_equal_headings_have_anchors_of_their_own_that_stay(client, home):
    page = StandardPageFactory(parent=home, body=body("Before", "After", "Before", "?!", "?!"))
    first = headings(client, page)
    assert [anchor for anchor, _text in first] == [
        "before",
        "after",
        "before-00000002",
        "section-00000003",
        "section-00000004",
    ]
    stored = body("Before", "After", "Before", "?!", "?!")
    page.body = [*stored[:1], *stored[2:]]
    page.save()
    assert headings(client, page) == [pair for pair in first if pair[0] != "after"]


@pytest.mark.parametrize(
    "text", ["Text", "Main", "References", "Risks", "Ref 1", "Contents", "Consult panel"]
)
def test_a_heading_takes_no_anchor_of_the_page(client, home, text):
    page = TreatmentPageFactory(parent=TreatmentIndexPageFactory(parent=home), body=body(text))
    ((anchor, _text),) = headings(client, page)
    assert anchor.endswith("-00000000")


def test_older_content_without_identifiers_works_too(client, home):
    blocks = [{"type": "heading", "value": {"text": "Before"}} for _ in range(3)]
    assert len(headings(client, StandardPageFactory(parent=home, body=blocks))) == 3


def test_the_list_of_the_templates_own_ids_is_whole():
    folders = ["blocks", "blog", "components", "core", "locations", "team", "treatments"]
    files = [*Path(settings.BASE_DIR / "templates").glob("*.html")]
    files += [
        path for folder in folders for path in (settings.BASE_DIR / "templates" / folder).rglob("*.html")
    ]
    used = {found for path in files for found in re.findall(r'\bid="([a-z-]+)"', path.read_text())}
    assert used - FIXED_IDS == set()
