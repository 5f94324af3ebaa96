"""Blocks as they are stored, taken apart into the texts that editors wrote in them."""

from dataclasses import dataclass

from django.utils.text import capfirst
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

# A block with one of these filled in says where it has its figures from.
SOURCES = ("source", "source_title", "citation")
NO_SOURCE = ("", "–", "-", "none", "we found none")


@dataclass
class Piece:
    """A text of a block: plain, rich, a heading, or a description of a picture."""

    text: str
    place: str
    path: str
    kind: str = "p"
    is_cited: bool = False


def pieces_of(block, raw, place, path, *, is_cited=False):
    """Yield the texts in a stored value of ``block``."""
    if raw is None:
        return
    if isinstance(block, ImageBlock):
        yield from _of_picture(raw, place, path)
    elif isinstance(block, TypedTableBlock):
        yield from _of_table(block, raw, place, path)
    elif isinstance(block, blocks.StreamBlock):
        for child in raw:
            kind = block.child_blocks.get(child["type"])
            if kind:
                here = f"{place} → {capfirst(str(kind.label))}"
                yield from pieces_of(kind, child["value"], here, _below(path, child), is_cited=is_cited)
    elif isinstance(block, blocks.StructBlock) and isinstance(raw, dict):
        yield from _of_struct(block, raw, place, path, is_cited)
    elif isinstance(block, blocks.ListBlock):
        for item in raw:
            value, here = _of_item(item, path)
            yield from pieces_of(block.child_block, value, place, here, is_cited=is_cited)
    elif isinstance(block, blocks.RichTextBlock):
        yield Piece(str(getattr(raw, "source", raw)), place, path, "rich", is_cited)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield Piece(str(raw), place, path, is_cited=is_cited)


def _of_struct(block, raw, place, path, is_cited):
    """Yield the texts of a block with named parts; a heading is known by its name."""
    sources = [str(raw.get(name) or "").strip().casefold() for name in SOURCES if name in block.child_blocks]
    has_source = any(source not in NO_SOURCE and "practice" not in source for source in sources)
    is_heading_alone = list(block.child_blocks) == ["text"] and isinstance(
        block.child_blocks["text"], blocks.CharBlock
    )
    for name, kind in block.child_blocks.items():
        for piece in pieces_of(kind, raw.get(name), place, f"{path}.{name}", is_cited=is_cited or has_source):
            if piece.path == f"{path}.{name}" and (name == "heading" or is_heading_alone):
                piece.kind = "heading"
            yield piece


def _of_picture(raw, place, path):
    """Yield the description of a picture that is not for decoration; what is stored as a key has none yet."""
    if isinstance(raw, dict) and raw.get("image") and not raw.get("decorative"):
        yield Piece(str(raw.get("alt_text") or ""), place, path, "alt")


def _of_table(block, raw, place, path):
    """Yield heads, caption and cells; a head or a caption that is missing as an empty piece."""
    columns = raw.get("columns") or []
    yield Piece(str(raw.get("caption") or ""), place, f"{path}.caption", "caption")
    for number, column in enumerate(columns, start=1):
        heading = str(column.get("heading") or "")
        # The first names the rows: alone in the corner it may be empty.
        if heading or number > 1:
            yield Piece(heading, place, f"{path}.heading-{number}", "th")
    for row in raw.get("rows") or []:
        for column, value in zip(columns, row.get("values") or [], strict=False):
            kind = block.child_blocks.get(column.get("type"))
            if kind:
                yield from pieces_of(kind, value, place, path)


def _of_item(item, path):
    """Return value and path of a list's item, which older content stores bare."""
    is_wrapped = isinstance(item, dict) and item.get("type") == "item" and "value" in item
    return (item["value"], _below(path, item)) if is_wrapped else (item, path)


def _below(path, child):
    return f"{path}.{child['id']}" if child.get("id") else path
