"""Parts as the blocks of a page, in one act."""

from collections import Counter
from typing import NamedTuple

from clinic.core.blocks import TEXT_FEATURES
from clinic.core.blocks.text import HeadingBlock, QuoteBlock
from clinic.pasting.parts import Kind, Line, Table

from .inline import plain
from .rich_text import write_rich_text
from .table import write_table

LONGEST_HEADING = HeadingBlock().child_blocks["text"].field.max_length
LONGEST_NAME = QuoteBlock().child_blocks["who"].field.max_length
# Two of these that follow one another stay two.
ALONE = ("heading", "table")
DASHES = ("—", "–", "-- ", "- ")


class Story(NamedTuple):
    """The title that the text bears itself, and its blocks as a stream keeps them."""

    title: str
    blocks: list[dict]


def write_story(parts, targets, lost: Counter) -> Story:
    """Return parts as headings, texts and quotes."""
    title, parts = _title_of(parts)
    levels = sorted({part.level for part in parts if _is_heading(part)})
    blocks = []
    for kind, group in _groups(parts, levels[:1]):
        if kind == "text":
            lost["small"] += sum(_is_heading(part) and part.level in levels[2:] for part in group)
            html = write_rich_text(group, TEXT_FEATURES, targets, lost)
            blocks.append({"type": "text", "value": html})
        elif kind == "heading":
            blocks.append({"type": "heading", "value": {"text": plain(group[0].pieces)}})
        elif kind == "quote":
            blocks.append({"type": "quote", "value": _quote(group, lost)})
        else:
            blocks.append(_table(group[0], targets, lost))
    return Story(title, blocks)


def _is_heading(part):
    return isinstance(part, Line) and part.kind is Kind.HEADING


def _title_of(parts):
    """Take the title off: the one heading above all others that the text begins with."""
    levels = [part.level for part in parts if _is_heading(part)]
    first = parts[0] if parts else None
    is_title = (
        first is not None
        and _is_heading(first)
        and levels.count(first.level) == 1
        and first.level == min(levels)
        and (first.level == 0 or (first.level == 1 and len(levels) > 1))
    )
    return (plain(first.pieces), parts[1:]) if is_title else ("", parts)


def _groups(parts, top):
    """Yield parts that make one block together, with its type."""
    group, before = [], None
    for part in parts:
        kind = _block_of(part, top)
        if group and (kind != before or kind in ALONE):
            yield before, group
            group = []
        group.append(part)
        before = kind
    if group:
        yield before, group


def _block_of(part, top):
    if isinstance(part, Table):
        return "table"
    if part.kind is Kind.HEADING and part.level in top and len(plain(part.pieces)) <= LONGEST_HEADING:
        return "heading"
    return "quote" if part.kind is Kind.QUOTE else "text"


def _table(table, targets, lost):
    """Return a table, or one point for each row where the block takes none that large."""
    value = write_table(table, targets)
    if value is None:
        return {"type": "text", "value": write_rich_text([table], TEXT_FEATURES, targets, lost)}
    lost["caption"] += not table.caption
    return {"type": "table", "value": value}


def _quote(lines, lost):
    """Return a quotation; its last line is who said it where it looks like that."""
    lost["source"] += 1
    *said, last = [plain(line.pieces) for line in lines]
    if said and _names_somebody(last, lines):
        return _block(said, last.lstrip("—– -"))
    return _block([*said, last], "")


def _block(texts, who):
    return {"text": "\n\n".join(texts), "who": who, "source_title": "", "source_url": ""}


def _names_somebody(last, lines):
    """It begins with a dash, or is in italics alone of all lines."""
    is_apart = _is_italic(lines[-1]) and not any(map(_is_italic, lines[:-1]))
    return len(last) <= LONGEST_NAME and (last.startswith(DASHES) or is_apart)


def _is_italic(line):
    return all(piece.marks.italic for piece in line.pieces)
