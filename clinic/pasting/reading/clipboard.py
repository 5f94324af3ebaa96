"""Walks through the HTML of a clipboard once and notes lines and tables."""

from dataclasses import replace

from bs4 import NavigableString

from clinic.pasting.limits import refuse_too_much
from clinic.pasting.parts import Kind, Line, Marks, Piece, Reading

from . import office, tables
from .cocoa import Cocoa
from .lists import Place, item_place, list_place
from .marks import is_hidden, is_sign, lost_looks, marks_of
from .markup import BLOCKS, DEEPEST, NO_TEXT, styles_of, tree_of
from .numbers import join_what_numbers_hold
from .pieces import piece_of, split_at_gaps, tidy


def read_clipboard(html: str) -> Reading:
    """Return what somebody copied. Raises PastingError."""
    refuse_too_much(html)
    tree = tree_of(html)
    reader = Reader(Cocoa(html, tree))
    reader.read_children(tree, Marks(), Place(), 0)
    reader.end_line(Place())
    reader.reading.parts = join_what_numbers_hold(reader.reading.parts)
    return reader.reading


class Reader:
    """Collects pieces until a line ends."""

    def __init__(self, cocoa):
        self.cocoa = cocoa
        self.reading = Reading()
        self.pieces = []
        # Word counts on where something stands between two items of a list.
        self.counts = {}
        # The line that names the table below it.
        self.caption = None

    def read_children(self, element, marks, place, depth):
        """Read everything in an element."""
        if depth > DEEPEST:
            self.pieces.append(piece_of(element.get_text(" "), marks))
            return
        for child in list(element.children):
            if type(child) is NavigableString:
                self.pieces.append(piece_of(child, marks, is_preformatted=place.is_preformatted))
            elif child.name:
                self.read(child, marks, place, depth + 1)

    def read(self, element, marks, place, depth):
        """Read one element."""
        if self.is_left_out(element):
            return
        self.reading.dropped.update(lost_looks(element))
        if element.name == "br":
            self.pieces.append(Piece("\n", marks))
        elif element.name == "table":
            self.read_table(element, marks, place, depth)
        elif element.name in BLOCKS or element.get("role") == "heading":
            self.end_line(place)
            inner = self.place_of(element, place)
            marks = Marks() if inner.kind is Kind.HEADING else marks_of(element, marks, self.cocoa)
            # The item of a list stays one; its heading is what is bold in it.
            if place.item is not None and office.heading_level(element):
                marks = replace(marks, bold=True)
            self.read_children(element, marks, inner, depth)
            self.end_line(inner)
            if office.is_caption(element) and self.reading.parts:
                self.caption = self.reading.parts[-1]
        else:
            self.read_children(element, self.marks_in(element, marks, place), place, depth)

    def marks_in(self, element, marks, place):
        """Return how text in an element looks; a heading is bold anyway."""
        marks = marks_of(element, marks, self.cocoa)
        return replace(marks, bold=False) if place.kind is Kind.HEADING else marks

    def is_left_out(self, element):
        """Whether nothing of an element is read; what is worth a word is counted."""
        name, dropped = element.name, self.reading.dropped
        word = None
        if name in NO_TEXT:
            word = NO_TEXT[name]
        elif name == "img" or name.startswith("v:"):
            # Small pictures in mails stand for a sign, which is their description.
            if is_sign(sign := str(element.get("alt") or "")):
                self.pieces.append(Piece(sign))
                return True
            is_spacer = element.get("width") in ("0", "1") or element.get("height") in ("0", "1")
            word = "" if is_spacer else "picture"
        elif office.is_comment(element):
            word = "comment"
        elif office.is_deleted(element):
            word = "deleted"
        elif is_hidden(element):
            word = "hidden" if element.get_text(strip=True) else ""
        if word:
            dropped[word] += 1
        return word is not None

    def place_of(self, element, place):
        """Return what lines in an element are."""
        name = element.name
        level = office.heading_level(element)
        if level is None:
            level = self.cocoa.heading_level(element)
        fake = office.fake_item(element)
        if level is not None and place.item is None:
            if fake and fake.is_numbered:
                self.pieces.append(Piece(f"{fake.marker} "))
            return Place(Kind.HEADING, level=level)
        if fake:
            return item_place(self.counts, fake)
        if name in ("ul", "ol", "dir", "menu"):
            return list_place(element, place)
        if name == "li":
            return place.next_item(element)
        if office.is_quote(element):
            return Place(Kind.QUOTE)
        if name == "pre" or styles_of(element).get("white-space") in ("pre", "pre-line"):
            return replace(place, is_preformatted=True)
        return place

    def read_table(self, element, marks, place, depth):
        """Read a table, or only what is in it where it merely arranges."""
        self.end_line(place)
        if tables.is_layout(element):
            self.read_children(element, marks, place, depth)
            self.end_line(place)
            return
        # A cell can hold what a page can, so each is read for itself.
        table = tables.read_table(element, lambda cell: self.read_apart(cell, depth))
        if table:
            self.reading.parts.append(self.with_caption(table))

    def with_caption(self, table):
        """Return a table with the line above it as its caption, where that line is one."""
        parts = self.reading.parts
        if table.caption or not parts or parts[-1] is not self.caption:
            return table
        return replace(table, caption=parts.pop().text)

    def read_apart(self, element, depth):
        """Return the pieces of an element, its lines joined."""
        inner = Reader(self.cocoa)
        inner.reading.dropped = self.reading.dropped
        inner.read_children(element, Marks(), Place(), depth)
        inner.end_line(Place())
        return tables.joined(inner.reading.parts)

    def end_line(self, place):
        """Note the pieces so far as a line."""
        pieces, self.pieces = self.pieces, []
        if not any(piece.text.strip() for piece in pieces):
            return
        for group in [pieces] if place.is_preformatted else split_at_gaps(pieces):
            if found := tidy(group):
                self.note(Line(place.kind, found, place.level, place.number), place)

    def note(self, line, place):
        """Add a line; what goes on in an item of a list stays in it, on a line of its own."""
        parts = self.reading.parts
        if place.item is not None and place.item.is_begun:
            if parts and place.item.line is parts[-1]:
                parts[-1] = replace(parts[-1], pieces=(*parts[-1].pieces, Piece("\n"), *line.pieces))
                place.item.line = parts[-1]
                return
            line = Line(Kind.TEXT, line.pieces)
        elif place.item is not None:
            place.item.line = line
        parts.append(line)
