"""Long, deep, broken and wide: in bounded time, with every word."""

import re

import pytest

from clinic.pasting.convert import as_rich_text, as_story
from clinic.pasting.limits import LONGEST, MOST_TAGS, PastingError
from clinic.pasting.reading import read_clipboard
from clinic.pasting.reading.raised import as_characters

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ALL = ["h3", "bold", "italic", "ol", "ul", "link", "superscript", "subscript"]


def words_of(html):
    return re.sub(r"<[^>]+>", " ", html).split()


def test_400_kilobytes_lose_no_word():
    paragraphs = [
        f"<p class=MsoNormal>word{number} {'and more ' * 40}end{number}</p>" for number in range(1000)
    ]
    html = "".join(paragraphs)
    assert 390_000 < len(html) < LONGEST
    assert words_of(as_rich_text(html, ALL).value) == words_of(html)


def test_a_table_of_60_columns_loses_no_cell():
    heads = "".join(f"<th>head{column}</th>" for column in range(60))
    cells = "".join(f"<td>cell{column}</td>" for column in range(60))
    pasted = as_story(f"<table><tr>{heads}</tr><tr>{cells}</tr><tr>{cells}</tr></table>")
    text = pasted.value.blocks[0]["value"]
    assert all(f"head{column}: cell{column}" in text for column in range(60))
    assert any("The block Table takes 8 columns" in sentence for sentence in pasted.said)


def test_a_cell_that_claims_a_million_columns_is_one():
    html = "<table><tr><td colspan=999999 rowspan=999999>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
    text = as_rich_text(html, ALL).value
    assert len(text) < 500 and "c" in text


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 5000 + "deep" + "</div>" * 5000,
        "<ul><li>" * 3000 + "deep" + "</li></ul>" * 3000,
        "<b>" * 3000 + "deep",
        "deep" + "<!--" * 200,
        "deep" + "<![" * 200,
        "deep" + "<a " * 200,
        "deep" + "<a x='" * 200,
        "deep" + "</b>" * 9000,
        "<table><tr><td>" * 2000 + "deep",
        "<p style='" + "x:y;" * 50_000 + "'>deep</p>",
        "deep" + "&#x41" * 20_000,
        "<p>deep" + "<br>" * (MOST_TAGS - 10),
    ],
)
def test_broken_html_ends_and_keeps_its_word(html):
    assert "deep" in as_rich_text(html, ALL).value


@pytest.mark.parametrize("unclosed", ["<!--", "<![", "<a ", "<a x='"])
def test_what_would_take_long_is_refused(unclosed):
    with pytest.raises(PastingError, match="too involved"):
        as_rich_text("deep" + unclosed * 9000, ALL)


def test_lists_deeper_than_ours_keep_their_items():
    html = "".join(f"<ul><li>item{depth}" for depth in range(12)) + "</li></ul>" * 12
    found = as_rich_text(html, ALL).value
    assert [word for word in words_of(found)] == [f"item{depth}" for depth in range(12)]
    assert found.count("<ul>") == found.count("</ul>") <= 4


def test_what_is_too_long_is_refused_before_it_is_looked_at():
    with pytest.raises(PastingError, match="Nothing was changed"):
        read_clipboard("x" * (LONGEST + 1))


@pytest.mark.parametrize(
    ("text", "raised", "expected"),
    [("6", "sup", "⁶"), ("-3", "sup", "⁻³"), ("2", "sub", "₂"), ("th", "sup", "th"), ("TM", "sup", "™")],
)
def test_raised_signs_stay_raised_as_characters(text, raised, expected):
    assert as_characters(text, raised) == expected


def test_what_has_no_sign_is_raised_where_the_field_can_and_written_out_where_not():
    html = "<p>e<sup>ab</sup> x<sub>max</sub></p>"
    assert as_rich_text(html, ALL).value == "<p>e<sup>ab</sup> x<sub>max</sub></p>"
    assert as_rich_text(html, []).value == "<p>e^(ab) x_(max)</p>"


def test_numbers_stay_what_they_were_where_a_list_can_not_count():
    html = "<ol><li>one</li></ol><h2>Between</h2><ol start=2><li>two</li><li>three</li></ol>"
    assert as_rich_text(html, ALL).value == (
        "<ol><li>one</li></ol><h3>Between</h3><p>2. two</p><p>3. three</p>"
    )
    assert as_rich_text(html, ["bold"]).value == (
        "<p>1. one</p><p><b>Between</b></p><p>2. two</p><p>3. three</p>"
    )
