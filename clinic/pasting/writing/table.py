"""A table as the block of a page, where it is no larger than one."""

from clinic.core.blocks.tables import (
    CELL_FEATURES,
    LONGEST_CAPTION,
    LONGEST_CELL,
    LONGEST_HEADING,
    MOST_COLUMNS,
    MOST_ROWS,
)
from clinic.pasting.parts import Table

from .inline import inline_html, plain


def write_table(table: Table, targets) -> dict | None:
    """Return a table as a stream keeps it; None for one that the block would refuse."""
    heads, *rows = table.rows
    headings = [plain(head) for head in heads]
    if not 0 < len(rows) <= MOST_ROWS or len(headings) > MOST_COLUMNS:
        return None
    if max(map(len, headings)) > LONGEST_HEADING or len(table.caption) > LONGEST_CAPTION:
        return None
    kinds = ["rich_text" if any(map(_is_marked, column)) else "text" for column in zip(*rows, strict=True)]
    values = [[_cell(cell, kind, targets) for cell, kind in zip(row, kinds, strict=True)] for row in rows]
    if any(len(value) > LONGEST_CELL for row in values for value in row):
        return None
    columns = [{"type": kind, "heading": head} for kind, head in zip(kinds, headings, strict=True)]
    return {"caption": table.caption, "columns": columns, "rows": [{"values": row} for row in values]}


def _is_marked(pieces):
    return any(piece.marks.bold or piece.marks.italic or piece.marks.href for piece in pieces)


def _cell(pieces, kind, targets):
    if kind == "rich_text":
        return f"<p>{inline_html(pieces, CELL_FEATURES, targets)}</p>" if pieces else ""
    return plain(pieces, between="\n")
