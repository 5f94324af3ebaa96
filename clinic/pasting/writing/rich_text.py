"""Lines as the HTML that our rich text keeps: paragraphs, small headings, lists."""

from collections import Counter
from dataclasses import replace

from clinic.pasting.parts import Kind, Line, Marks, Piece, Table

from .as_lines import lines_of_table
from .inline import inline_html

LISTS = {Kind.BULLET: "ul", Kind.NUMBER: "ol"}


def write_rich_text(parts, takes, targets, lost: Counter) -> str:
    """Return parts as rich text for a field that takes these features; what becomes plain is counted."""
    return "".join(_written(list(_lines(parts, takes, lost)), takes, targets))


def _lines(parts, takes, lost):
    """Yield lines of the kinds that the field has."""
    implied = {}
    for part in parts:
        if isinstance(part, Table):
            lost["table"] += 1
            lines = lines_of_table(part)
        else:
            lines = [part]
        for line in lines:
            yield _kept(line, takes, lost, implied)


def _kept(line, takes, lost, implied):
    if line.kind is Kind.QUOTE:
        lost["quote"] += 1
        line = replace(line, kind=Kind.TEXT)
    if line.kind is Kind.HEADING and "h3" not in takes:
        lost["heading"] += 1
        line = Line(Kind.TEXT, tuple(replace(piece, marks=_bold(piece.marks)) for piece in line.pieces))
    if line.kind is Kind.NUMBER:
        line = _counted(line, takes, lost, implied)
    elif not (line.kind is Kind.BULLET and line.level):
        implied.clear()
    if line.kind is Kind.BULLET and "ul" not in takes:
        line = Line(Kind.TEXT, (Piece("• "), *line.pieces))
    return line


def _counted(line, takes, lost, implied):
    """A list counts from 1 on; where its numbers would become others, they are written out."""
    for level in [level for level in implied if level > line.level]:
        del implied[level]
    expected = implied.get(line.level, 0) + 1
    if "ol" in takes and line.number == expected:
        implied[line.level] = expected
        return line
    lost["number"] += 1
    return Line(Kind.TEXT, (Piece(f"{line.number}. "), *line.pieces))


def _bold(marks: Marks):
    return replace(marks, bold=True)


def _written(lines, takes, targets):
    """Yield tags and texts, with each list closed before what is no item of it."""
    open_lists = []
    for line in lines:
        tag = LISTS.get(line.kind)
        html = inline_html(line.pieces, takes, targets)
        depth = line.level + 1 if tag else 0
        while len(open_lists) > depth or (open_lists and len(open_lists) == depth and open_lists[-1] != tag):
            yield f"</li></{open_lists.pop()}>"
        if not tag:
            yield f"<h3>{html}</h3>" if line.kind is Kind.HEADING else f"<p>{html}</p>"
        elif len(open_lists) == depth:
            yield f"</li><li>{html}"
        else:
            # A list that begins deeper than its first depth begins as deep as lists do.
            open_lists.append(tag)
            yield f"<{tag}><li>{html}"
    while open_lists:
        yield f"</li></{open_lists.pop()}>"
