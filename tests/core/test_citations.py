"""Footnotes: numbers in the order of the text, a list below it, and the way back."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import ReferenceIndex

from clinic.core.blocks import CITING_TEXT_FEATURES, SHORT_TEXT_FEATURES
from clinic.core.missing_parts import missing_parts
from clinic.core.models import Reference
from tests.factories.pages import BlogIndexPageFactory, BlogPageFactory, HomePageFactory, StandardPageFactory

pytestmark = pytest.mark.once


def mark(source):
    return f'<a linktype="reference" id="{source.pk}">*</a>'


@pytest.fixture
def sources(db):
    return [Reference.objects.create(citation=f"Source {letter}") for letter in "ABCD"]


@pytest.fixture
def home(db):
    return HomePageFactory.make_site()


def body(*blocks):
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


def post(home, text, listed=()):
    return BlogPageFactory(
        parent=BlogIndexPageFactory(parent=home),
        body=body(("text", text)),
        references=json.dumps([{"type": "reference", "value": source.pk} for source in listed]),
    )


def shown(client, page):
    return client.get(page.get_url()).content.decode()


def listed_in(html):
    return re.findall(r'id="ref-(\d+)".*?(Source [A-D])', html, re.DOTALL)


def test_marks_number_themselves_and_uncited_sources_follow(client, home, sources):
    a, b, c, _d = sources
    html = shown(client, post(home, f"<p>One{mark(c)} two{mark(a)} three{mark(c)}</p>", listed=[a, b, c]))
    assert listed_in(html) == [("1", "Source C"), ("2", "Source A"), ("3", "Source B")]
    assert re.findall(r'id="(cite-[\d-]+)" href="#(ref-\d)"', html) == [
        ("cite-1-1", "ref-1"),
        ("cite-2-1", "ref-2"),
        ("cite-1-2", "ref-1"),
    ]
    assert re.findall(r'references__back" href="#([\w-]+)"', html) == [
        "cite-1-1",
        "cite-1-2",
        "cite-2-1",
        "text",
    ]


def test_cited_source_need_not_be_listed_by_hand(client, home, sources):
    html = shown(client, post(home, f"<p>One{mark(sources[3])}</p>", listed=sources[:1]))
    assert listed_in(html) == [("1", "Source D"), ("2", "Source A")]


def test_numbers_by_hand_go_on_meaning_the_same(client, home, sources):
    a, b, c, _d = sources
    Reference.objects.filter(pk=b.pk).update(live=False)
    html = shown(client, post(home, "<p>One [3]</p>", listed=[a, b, c]))
    assert listed_in(html) == [("1", "Source A"), ("3", "Source C")]


def test_page_that_changes_answers_anew(home, sources):
    page = post(home, "<p>One</p>")
    assert page.numbered_references == []
    page.body = body(("text", f"<p>One{mark(sources[0])}</p>"))
    assert page.numbered_references == [(1, sources[0])]


def test_mark_of_what_readers_do_not_get_is_left_out_and_told(client, home, sources):
    hidden, gone = sources[:2]
    page = post(home, f"<p>One{mark(hidden)} two{mark(gone)} three{mark(sources[2])}</p>")
    Reference.objects.filter(pk=hidden.pk).update(live=False)
    gone.delete()
    html = shown(client, page)
    assert "<p>One two three<sup" in html
    assert listed_in(html) == [("1", "Source C")]
    assert len(missing_parts(page)) == 2


def test_every_kind_of_text_cites_in_the_order_of_the_page(client, home, sources):
    a, b, c, d = sources
    cell = {"type": "rich_text", "heading": "H"}
    table = {
        "caption": "T",
        "columns": [cell, cell],
        "rows": [{"values": ["<p>x</p>", f"<p>y{mark(d)}</p>"]}],
    }
    page = StandardPageFactory(
        parent=home,
        body=body(
            ("inset", {"text": f"<p>i{mark(b)}</p>"}),
            ("details", {"summary": "s", "text": f"<p>d{mark(c)}</p>"}),
            ("table", table),
            ("care_card", {"level": "urgent", "heading": "h", "text": f"<p>c{mark(a)}</p>"}),
        ),
    )
    html = shown(client, page)
    assert [name for _number, name in listed_in(html)] == ["Source B", "Source C", "Source D", "Source A"]
    assert re.findall(r"</span>\[(\d)\]</a></sup>", html) == ["1", "2", "3", "4"]


def test_footnotes_cost_no_query_each(client, home, sources, django_assert_max_num_queries):
    few = post(home, f"<p>One{mark(sources[0])}</p>")
    many_sources = [Reference.objects.create(citation=f"Study {number}") for number in range(30)]
    many = StandardPageFactory(
        parent=home, body=body(*[("text", f"<p>{mark(source)}</p>") for source in many_sources])
    )
    plain = StandardPageFactory(parent=home, body=body(("text", "<p>none</p>")))
    assert len(listed_in(shown(client, few))) == 1
    with CaptureQueriesContext(connection) as without:
        shown(client, plain)
    with django_assert_max_num_queries(len(without) + 1):
        assert shown(client, many).count('class="citation"') == 30


def test_editor_keeps_marks(sources):
    stored = f'<p data-block-key="a">Half{mark(sources[0])}.</p>'
    converter = ContentstateConverter(CITING_TEXT_FEATURES)
    state = converter.from_database_format(stored)
    assert json.loads(state)["entityMap"]["0"]["data"]["citation"] == "Source A"
    assert converter.to_database_format(state) == stored


def test_text_that_pages_share_holds_no_marks(sources):
    converter = ContentstateConverter(SHORT_TEXT_FEATURES)
    state = converter.from_database_format(f"<p>Half{mark(sources[0])}</p>")
    assert "reference" not in converter.to_database_format(state)


def test_source_knows_where_it_is_cited(home, sources):
    page = post(home, f"<p>One{mark(sources[0])}</p>")
    ReferenceIndex.create_or_update_for_object(page)
    assert [used.object_id for used in ReferenceIndex.get_references_to(sources[0])] == [str(page.pk)]


@pytest.mark.parametrize("key", ["", "x", "9" * 30, "1' or"])
def test_marks_that_nobody_made_harm_nothing(client, home, key):
    html = shown(client, post(home, f'<p>One<a linktype="reference" id="{key}">*</a> two</p>'))
    assert "citation" not in html
