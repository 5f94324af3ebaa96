"""Pieces of text put in order: white space as a browser shows it, raised signs as characters."""

import re
from dataclasses import replace

from clinic.core.typed_text import clean_text
from clinic.pasting.parts import Piece

from .raised import as_characters

# Marks that no eye sees, and that no search gets past. Those that join emoji stay.
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff\u2060\u200e\u200f"))
BLANKS = re.compile(r"[ \t\f\r\n]+")
WIDE = re.compile(r"[ \xa0]*\xa0[ \xa0]*")


def piece_of(text: str, marks, *, is_preformatted=False) -> Piece:
    """Return text as it is meant: line breaks of the source are blanks, unless it was set line by line."""
    text = clean_text(text).translate(UNSEEN)
    text = text.replace("\r", "") if is_preformatted else BLANKS.sub(" ", text)
    if marks.raised and (characters := as_characters(text, marks.raised)) is not None:
        return Piece(characters, replace(marks, raised=""))
    return Piece(text, marks)


def tidy(pieces) -> tuple[Piece, ...]:
    """Return pieces without blanks at the ends, around line breaks and twice, and joined where alike."""
    kept = []
    for piece in pieces:
        before = kept[-1].text[-1:] if kept else "\n"
        text = WIDE.sub(_blank, piece.text)
        if text.startswith("\n") and kept:
            kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" \xa0"))
        elif before in " \n\xa0":
            text = text.lstrip(" \xa0")
        if not text:
            continue
        if kept and kept[-1].marks == piece.marks:
            kept[-1] = replace(kept[-1], text=kept[-1].text + text)
        else:
            kept.append(Piece(text, piece.marks))
    return _stripped(kept)


def _blank(found):
    """A blank that doesn't break stays one between a figure and its unit alone."""
    before = found.string[found.start() - 1 : found.start()]
    return "\xa0" if found[0] == "\xa0" and before.isdigit() else " "


def _stripped(kept):
    while kept and not kept[-1].text.strip():
        kept.pop()
    while kept and not kept[0].text.strip():
        kept.pop(0)
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)


def split_at_gaps(pieces):
    """Yield the pieces of each paragraph: an empty line between two is where one ends."""
    line, breaks = [], 0
    for piece in pieces:
        for at, text in enumerate(piece.text.split("\n")):
            breaks += 1 if at else 0
            if not text.strip():
                # A blank beside a break is none.
                if text and not breaks:
                    line.append(replace(piece, text=text))
                continue
            if breaks > 1:
                yield line
                line = []
            elif breaks:
                line.append(Piece("\n"))
            breaks = 0
            line.append(replace(piece, text=text))
    yield line
