"""Numbered points that text stands between: the text belongs to the point above it, so the numbers go on."""

from dataclasses import replace

from clinic.pasting.parts import Kind, Line, Piece

# More paragraphs than these below one point are no part of it.
MOST_BETWEEN = 12


def join_what_numbers_hold(parts: list) -> list:
    """Return the parts with each text between point n and point n + 1 as more lines of point n."""
    joined, point, between = [], None, []
    for part in parts:
        is_line = isinstance(part, Line)
        if is_line and part.kind is Kind.TEXT and point is not None and len(between) < MOST_BETWEEN:
            between.append(part)
            continue
        is_point = is_line and part.kind is Kind.NUMBER and part.level == 0
        if between and is_point and part.number == joined[point].number + 1:
            joined[point] = _with(joined[point], between)
        else:
            joined += between
        between = []
        if is_point:
            point = len(joined)
        elif not (is_line and part.kind in (Kind.NUMBER, Kind.BULLET)):
            point = None
        joined.append(part)
    return joined + between


def _with(point, lines):
    pieces = [*point.pieces]
    for line in lines:
        pieces += [Piece("\n"), *line.pieces]
    return replace(point, pieces=tuple(pieces))
