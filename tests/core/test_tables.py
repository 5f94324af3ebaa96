"""Tables: what the editor may save, what readers get, and what leads where from within."""

import json

import pytest
from django.utils.datastructures import MultiValueDict
from wagtail.contrib.typed_table_block.blocks import TypedTableBlockValidationError

from clinic.core.blocks import StoryBlock
from clinic.core.blocks.tables import MOST_COLUMNS, MOST_ROWS
from clinic.core.missing_parts import missing_parts
from tests.factories.pages import HomePageFactory, StandardPageFactory

pytestmark = pytest.mark.once

BLOCK = StoryBlock().child_blocks["table"]


def table(columns=3, rows=2, caption="How long it takes", kind="text"):
    headings = [{"type": kind, "heading": f"Heading {number}"} for number in range(columns)]
    values = [{"values": [f"{row}.{column}" for column in range(columns)]} for row in range(rows)]
    return {"caption": caption, "columns": headings, "rows": values}


def problems(stored):
    with pytest.raises(TypedTableBlockValidationError) as raised:
        BLOCK.clean(BLOCK.to_python(stored))
    return " ".join(str(message) for message in raised.value.as_json_data()["messages"])


def test_readers_get_headings_of_columns_and_rows():
    stored = table()
    stored["columns"][0]["heading"] = ""
    html = BLOCK.render(BLOCK.clean(BLOCK.to_python(stored)))
    assert "<caption>How long it takes</caption>" in html
    assert html.count('<th scope="col">') == 2
    assert html.count('<th scope="row">') == 2
    assert '<span class="table__label" aria-hidden="true">Heading 2</span>1.2</td>' in html


def test_words_in_cells_are_words():
    stored = table()
    stored["rows"][0]["values"][1] = "<script>alert(1)</script>"
    assert "<script>" not in BLOCK.render(BLOCK.to_python(stored))


def test_largest_table_passes():
    BLOCK.clean(BLOCK.to_python(table(columns=MOST_COLUMNS, rows=MOST_ROWS)))


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        (table(columns=60), "This table has 60 columns."),
        (table(rows=MOST_ROWS + 1), f"This table has {MOST_ROWS + 1} rows."),
        (table(rows=0), "This table is empty."),
        (None, "This table is empty."),
        (table(caption=" "), "Write a caption"),
        (table(caption="x" * 201), "The caption has 201 characters."),
    ],
)
def test_table_that_cannot_be_read_is_refused_with_its_fault(stored, said):
    assert said in problems(stored)


def test_draft_may_lack_caption_and_headings():
    begun = table(caption="")
    begun["columns"][1]["heading"] = " "
    BLOCK.defer_required_validation()
    try:
        BLOCK.clean(BLOCK.to_python(begun))
    finally:
        BLOCK.restore_deferred_validation()
    assert "Write a caption" in problems(begun)
    assert "column 2 has no heading" in problems(begun)


def test_columns_without_heading_are_named():
    stored = table(columns=4)
    for column in stored["columns"]:
        column["heading"] = " "
    assert "column 2, 3, 4 has no heading" in problems(stored)


def test_counts_that_nobody_types_are_not_counted_up_to():
    sent = MultiValueDict({"b-caption": ["A"], "b-column-count": ["99999999"], "b-row-count": ["99999999"]})
    assert BLOCK.value_from_datadict(sent, {}, "b").columns == []


def test_words_of_a_table_are_found():
    assert {"How long it takes", "Heading 1", "1.2"} <= set(
        BLOCK.get_searchable_content(BLOCK.to_python(table()))
    )


def test_link_in_a_cell_that_leads_nowhere_is_told(db):
    stored = table(kind="rich_text")
    stored["rows"][1]["values"][2] = '<p><a linktype="page" id="999">there</a></p>'
    page = StandardPageFactory(
        parent=HomePageFactory.make_site(), body=json.dumps([{"type": "table", "value": stored}])
    )
    assert missing_parts(page) == ["Body → Table, in the text: the page was deleted."]
