"""Each finding names its place, its words and what to write instead; structure is looked at, too."""

import pytest

from clinic.content_checks.findings import findings_of, serious_findings_of
from clinic.content_checks.house_list import house_list
from clinic.core.models import StandardPage
from tests.factories.pages import PARAGRAPH, BlogPageFactory, ComparisonPageFactory, TreatmentPageFactory

pytestmark = [pytest.mark.once, pytest.mark.django_db]
BLOCK = "7a0b5c1e-0000-4000-8000-000000000001"

NO_RISKS = "<p>There are no risks.</p>"
LINKS = ["here", "Click&nbsp;<b>here</b>", "Read more …", "https://example.org/x", "→"]
ODD = ["a" * 400_000, "a, " * 130_000, "not " * 100_000, "ketamine is " * 30_000, "(" * 400_000]


def page(*blocks, **fields):
    return StandardPage(**{"title": "A page", "summary": "What is on it.", "body": list(blocks), **fields})


def keys(instance):
    return [finding.kind.key for finding in findings_of(instance)]


def text(html, **more):
    return {"type": "text", "value": html, **more}


def picture(**value):
    return {"type": "figure", "value": {"image": {"image": 1, **value}, "caption": "", "source": ""}}


def test_a_finding_leads_to_its_block():
    (finding,) = findings_of(page(text("<p>A real cure.</p>", id=BLOCK)))
    assert (finding.path, finding.place, finding.words) == (f"body.{BLOCK}", "Body → Text", "cure")
    assert finding.sentence.startswith("Body → Text: Promises a cure: “cure”. Say what was seen")
    assert finding.kind.why in finding.said


def test_words_inside_blocks_of_blocks_are_read():
    step = {"title": "You come in", "text": "Results are guaranteed."}
    steps = {"heading": "How it works", "steps": [step, {"title": "You rest", "text": "As you like."}]}
    (finding,) = findings_of(page({"type": "steps", "value": steps, "id": BLOCK}))
    assert finding.kind.key == "claim-guarantee"
    assert finding.path.startswith(f"body.{BLOCK}.steps.")
    assert finding.path.endswith(".text")


@pytest.mark.parametrize("field", ["title", "seo_title", "search_description", "summary"])
def test_what_search_results_show_is_read(field):
    assert keys(page(**{field: "The miracle of ketamine"})) == ["claim-miracle"]


def test_named_fields_of_a_treatment_are_read():
    treatment = TreatmentPageFactory.build(
        title="Drip", summary="A drip.", risks="<p>There are no risks.</p>"
    )
    (finding,) = findings_of(treatment)
    assert (finding.place, finding.path) == ("Risks", "risks")


def test_a_row_with_its_source_may_hold_figures():
    def comparison(source):
        value = {"criterion": "Effect", "cells": ["4 in 10 people", "the same"], "source": source}
        return ComparisonPageFactory.build(summary="Both.", rows=[{"type": "row", "value": value}])

    assert keys(comparison("Reference 1")) == []
    assert keys(comparison("Clinic practice, not trial results")) == ["number-without-citation"]


def test_a_mark_of_a_reference_in_the_same_paragraph_is_a_source():
    figure = "Four in 10 people felt better"
    assert keys(page(text(f"<p>{figure} [1].</p>"))) == []
    assert keys(page(text(f'<p>{figure} <a linktype="reference" id="4">1</a>.</p>'))) == []
    assert keys(page(text(f"<p>{figure}.</p><p>More of it [1].</p>"))) == ["number-without-citation"]


def test_a_title_needs_words():
    assert keys(page(title="🌈✨")) == ["title-without-words"]
    assert serious_findings_of(page(title="🌈✨"))


def test_an_empty_summary_is_told_and_stops_nothing():
    assert keys(page(summary="")) == ["empty-summary"]
    assert serious_findings_of(page(summary="")) == []


def test_a_small_heading_needs_one_above_it():
    small = text("<h3>Small</h3><p>Words.</p>")
    heading = {"type": "heading", "value": {"text": "Great"}}
    assert keys(page(small)) == ["heading-order"]
    assert keys(page(heading, small)) == []


def test_named_sections_of_a_page_type_are_headings():
    treatment = TreatmentPageFactory.build(summary="A drip.", risks=f"<h3>Small</h3>{PARAGRAPH}")
    assert keys(treatment) == []


@pytest.mark.parametrize("link", LINKS)
def test_a_link_says_where_it_leads(link):
    assert keys(page(text(f'<p>See <a href="/x/">{link}</a>.</p>'))) == ["link-text"]


@pytest.mark.parametrize("alt", ["IMG_2034.JPG", "photo.webp", "DSC 0042", "a_lake_at_noon"])
def test_a_file_name_describes_no_picture(alt):
    assert keys(page(picture(alt_text=alt, decorative=False))) == ["alt-file-name"]


def test_a_picture_is_described_or_decorative():
    assert keys(page(picture(alt_text="", decorative=False))) == ["alt-missing"]
    assert keys(page(picture(alt_text="A lake at noon", decorative=False))) == []
    assert keys(page(picture(alt_text="", decorative=True))) == []


def test_who_speaks_of_suicide_says_whom_to_call():
    words = text("<p>Some people think about suicide.</p>")
    assert keys(page(words)) == ["crisis-link-missing"]
    assert keys(page(words, text("<p>Call or text 988.</p>"))) == []


def test_long_sentences_and_paragraphs_are_only_worth_a_look():
    sentence = "We sit with you " + "and wait " * 16 + "."
    assert keys(page(text(f"<p>{sentence}</p>"))) == ["long-sentence"]
    assert keys(page(text(f"<p>{'We wait. ' * 50}</p>"))) == ["long-paragraph"]
    assert serious_findings_of(page(text(f"<p>{sentence}</p>"))) == []


def test_hard_words_are_worth_a_look():
    hard = "Multidisciplinary pharmacological interventions necessitate individualized evaluations. " * 20
    assert "reading-level" in keys(page(*[text(f"<p>{hard[:400]}</p>") for _ in range(4)]))


def test_illnesses_one_below_another_are_a_long_list():
    items = "".join(f"<li>{name}</li>" for name in ["Depression", "Anxiety", "PTSD", "Chronic pain"])
    assert keys(page(text(f"<ul>{items}</ul>"))) == ["many-conditions"]


def test_a_page_that_cannot_be_read_whole_is_refused():
    most = house_list().bounds["characters"]
    block = text(f"<p>{'quiet words ' * 10_000}</p>")
    assert keys(page(*[block] * (most // 120_000 + 1))) == ["too-long"]


def test_three_hundred_blocks_are_read_to_the_last():
    blocks = [text(f"<p>{'We sit with you and wait. ' * 50}</p>") for _ in range(300)]
    found = serious_findings_of(page(*blocks, text("<p>A real cure.</p>")))
    assert [finding.kind.key for finding in found] == ["claim-cure"]


@pytest.mark.parametrize("odd", ODD)
def test_odd_texts_end(odd):
    assert findings_of(page(text(f"<p>{odd}</p>"))) is not None


def test_reading_a_page_asks_the_database_no_more_for_many_blocks(count_queries):
    def post(number):
        value = {"heading": "More", "introduction": "", "page": None, "limit": 3, "more": ""}
        return BlogPageFactory.build(body=[{"type": "child_pages", "value": value}] * number)

    assert count_queries(lambda: findings_of(post(1))) == count_queries(lambda: findings_of(post(30)))


def test_findings_of_one_weight_stand_in_the_order_of_the_text():
    cites, promises = text("<p>Four in 10 people felt better.</p>"), text("<p>A real cure.</p>")
    unnamed = text('<p>See <a href="/x/">here</a>.</p>')
    assert keys(page(promises, unnamed, cites)) == ["claim-cure", "link-text", "number-without-citation"]
    assert keys(page(cites, unnamed, promises)) == ["number-without-citation", "link-text", "claim-cure"]


def test_a_finding_on_a_table_leads_to_its_caption_or_column():
    columns = [{"type": "text", "heading": heading} for heading in ("", "Effect", "")]
    value = {"caption": "", "columns": columns, "rows": [{"values": ["Drip", "Some", "Quiet"]}]}
    found = findings_of(page({"type": "table", "value": value, "id": BLOCK}))
    assert [finding.path for finding in found] == [f"body.{BLOCK}.caption", f"body.{BLOCK}.heading-3"]


def test_a_table_has_caption_and_headings():
    def table(caption, *headings):
        columns = [{"type": "text", "heading": heading} for heading in headings]
        value = {"caption": caption, "columns": columns, "rows": [{"values": ["Drip", "A real cure."]}]}
        return page({"type": "table", "value": value})

    assert keys(table("Two ways", "", "Effect")) == ["claim-cure"]
    assert keys(table("Two ways", "", "")) == ["table-without-headers", "claim-cure"]
    assert keys(table("", "Way", "Effect")) == ["table-without-caption", "claim-cure"]
