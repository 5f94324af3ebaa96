"""A whole text as the blocks of a page."""

import pytest

from clinic.core.blocks import StoryBlock
from clinic.pasting.convert import as_story
from tests.pasting.clipboards import NAMES, clipboard

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def kinds(pasted):
    return [block["type"] for block in pasted.value.blocks]


def test_headings_keep_their_order_whatever_sizes_were_used():
    pasted = as_story("<h3>A</h3><p>a</p><h5>B</h5><p>b</p><h6>C</h6><p>c</p><h3>D</h3>")
    assert kinds(pasted) == ["heading", "text", "heading"]
    assert pasted.value.blocks[1]["value"] == "<p>a</p><h3>B</h3><p>b</p><h3>C</h3><p>c</p>"
    assert pasted.said == ["1 heading was smaller than ours and became one of the smaller kind."]


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<h1>Title</h1><h2>A</h2><p>a</p>", "Title"),
        ("<h1>A</h1><p>a</p><h1>B</h1><p>b</p>", ""),
        ("<p>First</p><h1>A</h1><h2>B</h2>", ""),
        ("<h2>A</h2><p>a</p><h3>B</h3>", ""),
        ("<h1>Only</h1><p>a</p>", ""),
        ("<p class=MsoTitle>Title</p><p>a</p>", "Title"),
    ],
)
def test_a_title_is_the_one_heading_above_all_others(html, title):
    assert as_story(html).value.title == title


def test_a_heading_too_long_for_its_block_is_a_heading_within_the_text():
    pasted = as_story(f"<h1>{'long ' * 30}</h1><p>a</p>")
    assert kinds(pasted) == ["text"]
    assert pasted.value.blocks[0]["value"].startswith("<h3>long long")


def test_a_heading_in_plain_text_keeps_what_was_raised():
    pasted = as_story("<h2>10<sup>6</sup> and e<sup>ab</sup></h2><p>a</p>")
    assert pasted.value.blocks[0]["value"] == {"text": "10⁶ and e^(ab)"}


def test_a_heading_within_a_point_keeps_the_point_and_its_number():
    html = "<ol><li><h3>First</h3><p>one</p></li><li><h3>Second</h3><p>two</p></li></ol>"
    assert as_story(html).value.blocks[0]["value"] == (
        "<ol><li><b>First</b><br/>one</li><li><b>Second</b><br/>two</li></ol>"
    )


def table_of(rows, columns, cell="cell"):
    head = "".join(f"<th>head{column}</th>" for column in range(columns))
    row = "<tr>" + "".join(f"<td>{cell}{column}</td>" for column in range(columns)) + "</tr>"
    return f"<table><tr>{head}</tr>{row * rows}</table>"


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        (table_of(60, 8), "table"),
        (table_of(61, 8), "text"),
        (table_of(60, 9), "text"),
        (table_of(1, 2, cell="word " * 300), "text"),
    ],
)
def test_a_table_is_one_where_the_block_takes_it(html, kind):
    assert kinds(as_story(html)) == [kind]


def test_a_table_that_came_with_a_caption_can_be_published_as_it_is():
    row = "<tr><td>Monday</td><td><b>9</b></td></tr>"
    html = f"<table><caption>Hours</caption><tr><th>Day</th><th>Open</th></tr>{row}</table>"
    story = StoryBlock()
    (child,) = story.to_python(as_story(html).value.blocks)
    assert child.block.clean(child.value).caption == "Hours"
    assert as_story(html).said == []
    assert as_story(html.replace("<caption>Hours</caption>", "")).said == [
        "1 table needs a caption: one line that says what it shows."
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_blocks_are_ones_that_a_page_has(name):
    story = StoryBlock()
    stream = story.to_python(as_story(clipboard(name)).value.blocks)
    assert [child.block_type for child in stream] == kinds(as_story(clipboard(name)))
    assert story.get_form_state(stream)
