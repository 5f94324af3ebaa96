"""Tables: which ones hold data, and their cells as a plain grid."""

from clinic.pasting.parts import Kind, Piece, Table

from .markup import number_in
from .pieces import tidy

ROWS_IN = ("thead", "tbody", "tfoot")
MOST_SPAN = 100
BETWEEN = Piece("\n")


def is_layout(element) -> bool:
    """Whether a table merely arranges: mails are full of such tables."""
    if element.get("role") in ("presentation", "none") or element.find("table") is not None:
        return True
    rows = _rows(element)
    return len(rows) < 2 or max(len(_cells(row)) for row in rows) < 2


def read_table(element, read_cell) -> Table | None:
    """Return the grid; what spans several rows stands in each of them. None where it holds no word."""
    grid = {}
    for at, row in enumerate(_rows(element)):
        column = 0
        for cell in _cells(row):
            while (at, column) in grid:
                column += 1
            pieces = read_cell(cell)
            width = number_in(cell.get("colspan"), least=1, most=MOST_SPAN, otherwise=1)
            height = number_in(cell.get("rowspan"), least=1, most=MOST_SPAN, otherwise=1)
            for down in range(height):
                for right in range(width):
                    grid.setdefault((at + down, column + right), () if right else pieces)
            column += width
    caption = element.find("caption")
    rows = _without_empty_ends(grid, len(_rows(element)))
    return Table(rows, " ".join(caption.get_text(" ").split()) if caption else "") if rows else None


def joined(parts) -> tuple[Piece, ...]:
    """Return what a cell holds as one run of pieces, a line below the other."""
    pieces = []
    for part in parts:
        if isinstance(part, Table):
            lines = [cell for row in part.rows for cell in row if cell]
        else:
            mark = {Kind.BULLET: "• ", Kind.NUMBER: f"{part.number}. "}.get(part.kind)
            lines = [[Piece(mark), *part.pieces] if mark else part.pieces]
        for line in lines:
            pieces += [BETWEEN, *line] if pieces else line
    return tidy(pieces)


def _rows(element):
    own = element.find_all("tr", recursive=False)
    for group in element.find_all(ROWS_IN, recursive=False):
        own += group.find_all("tr", recursive=False)
    return own


def _cells(row):
    return row.find_all(("td", "th"), recursive=False)


def _without_empty_ends(grid, height):
    filled = [place for place, pieces in grid.items() if pieces and place[0] < height]
    if not filled:
        return ()
    last_row, last_column = max(row for row, _ in filled), max(column for _, column in filled)
    return tuple(
        tuple(grid.get((row, column), ()) for column in range(last_column + 1)) for row in range(last_row + 1)
    )
