"""Tables: words in rows and columns, with a caption."""

from django import forms
from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.contrib.typed_table_block.blocks import (
    TypedTableBlock,
    TypedTableBlockAdapter,
    TypedTableBlockValidationError,
)

# A week fits, with the names of its rows. A wider table can be read on no phone.
MOST_COLUMNS = 8
MOST_ROWS = 60
NO_CAPTION = "Write a caption: one line that says what the table shows. Screen readers say it first."
LONGEST_CAPTION = 200
LONGEST_HEADING = 120
LONGEST_CELL = 1000
# Those taken out again while writing count as well.
MOST_IN_FORM = {"column": 300, "row": 1000}
CELL_FEATURES = ["bold", "italic", "link", "reference"]


class TableBlock(TypedTableBlock):
    """Wagtail's table, with a caption, a heading on every column and no more of both than can be read.

    The first column names its rows. Alone in a table its heading may be empty: it is the corner.
    """

    text = blocks.TextBlock(required=False, rows=1, max_length=LONGEST_CELL)
    rich_text = blocks.RichTextBlock(
        required=False, features=CELL_FEATURES, max_length=LONGEST_CELL, label="Text with links and footnotes"
    )

    class Meta:
        icon = "table"
        template = "blocks/table.html"
        description = (
            "Words in rows and columns. Copy a table in a spreadsheet or in Word, and paste it here."
        )
        preview_value = {
            "caption": "How long each part takes",
            "columns": [{"type": "text", "heading": ""}, {"type": "text", "heading": "Minutes"}],
            "rows": [{"values": ["Talk before", "30"]}, {"values": ["Infusion", "40"]}],
        }

    def value_from_datadict(self, data, files, prefix):
        """Read a table from the form; counts that no editor comes to are refused before anything is built."""
        within = all(
            _is_at_most(data.get(f"{prefix}-{name}-count", ""), most) for name, most in MOST_IN_FORM.items()
        )
        if not within:
            return self.normalize({"caption": data.get(f"{prefix}-caption", ""), "columns": [], "rows": []})
        return super().value_from_datadict(data, files, prefix)

    def clean(self, table):
        """Refuse a table that can't be read, and name what is wrong; drafts may lack caption and headings."""
        problems = list(_problems(table))
        if not self.is_deferred_validation:
            problems += _missing(table)
        if problems:
            raise TypedTableBlockValidationError(non_block_errors=[ValidationError(p) for p in problems])
        return super().clean(table)

    def get_context(self, value, parent_context=None):
        """Add ``rows``: the name of each row, and its other cells with the headings of their columns."""
        context = super().get_context(value, parent_context)
        headings = [column["heading"] for column in value.columns]
        context["headings"] = headings
        context["rows"] = [
            (cells[0], list(zip(headings[1:], cells[1:], strict=True))) for cells in value.rows
        ]
        return context


def _is_at_most(number, most):
    return number.isdecimal() and len(number) < 6 and int(number) <= most


def _problems(table):
    """Yield what is wrong with the table as a whole."""
    columns, rows = len(table.columns), len(table.row_data)
    if not columns or not rows:
        yield "This table is empty. Paste one, add columns and rows, or take the block out."
    if columns > MOST_COLUMNS:
        yield (
            f"This table has {columns} columns. A page shows {MOST_COLUMNS} at most: take some out, or make"
            " two tables of it."
        )
    if rows > MOST_ROWS:
        yield f"This table has {rows} rows. A page shows {MOST_ROWS} at most: make two tables of it."
    caption = (table.caption or "").strip()
    if len(caption) > LONGEST_CAPTION:
        yield f"The caption has {len(caption)} characters. It may have {LONGEST_CAPTION}."
    if any(len(heading) > LONGEST_HEADING for heading in _headings(table)):
        yield f"The heading of a column may have {LONGEST_HEADING} characters."


def _missing(table):
    """Yield what readers would miss in the table."""
    empty = [str(number) for number, heading in enumerate(_headings(table), 1) if number > 1 and not heading]
    if empty:
        yield f"Name every column but the first: column {', '.join(empty)} has no heading."
    if not (table.caption or "").strip():
        yield NO_CAPTION


def _headings(table):
    return [column["heading"].strip() for column in table.columns]


class TableBlockAdapter(TypedTableBlockAdapter):
    """The table in the editor, where a copied one can be pasted."""

    js_constructor = "clinic.core.blocks.TableBlock"

    def js_args(self, block):
        """Say the limits, so that a table too large is refused where it is pasted."""
        *args, meta = super().js_args(block)
        return [*args, meta | {"mostColumns": MOST_COLUMNS, "mostRows": MOST_ROWS}]

    @property
    def media(self):
        """Load our script after Wagtail's, which it builds on."""
        return super().media + forms.Media(
            js=[versioned_static("typed_table_block/js/typed_table_block.js"), "core/js/table_paste.js"],
            css={"all": ["core/css/editor_blocks.css"]},
        )


register(TableBlockAdapter(), TableBlock)
