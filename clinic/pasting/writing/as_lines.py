"""A table where there can be none: each row becomes a point that says its columns."""

from clinic.pasting.parts import Kind, Line, Marks, Piece, Table


def lines_of_table(table: Table) -> list[Line]:
    """Return the caption and one point for each row; empty cells are left out."""
    lines = [Line(Kind.TEXT, (Piece(table.caption, Marks(bold=True)),))] if table.caption else []
    heads, *rows = table.rows
    for row in rows:
        pieces = []
        for head, cell in zip(heads, row, strict=True):
            if not cell:
                continue
            if pieces:
                pieces.append(Piece("; "))
            pieces += [*_named(head), *cell]
        if pieces:
            lines.append(Line(Kind.BULLET, tuple(pieces)))
    return lines


def _named(head):
    return [*head, Piece(": ")] if head else []
