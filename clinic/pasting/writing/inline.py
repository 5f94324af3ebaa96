"""Pieces as HTML of our rich text, and as plain text."""

from django.utils.html import escape

from clinic.pasting.reading.raised import on_the_line

RAISED = {"sup": "superscript", "sub": "subscript"}


def inline_html(pieces, takes, targets) -> str:
    """Return pieces as HTML with what the field takes; targets says where addresses lead."""
    return "".join(_html(piece, takes, targets) for piece in pieces)


def plain(pieces, between=" ") -> str:
    """Return pieces as plain text, in one line unless something else stands between its lines."""
    texts = [
        on_the_line(piece.text, piece.marks.raised) if piece.marks.raised else piece.text for piece in pieces
    ]
    return between.join(" ".join(line.split()) for line in "".join(texts).split("\n"))


def _html(piece, takes, targets):
    marks = piece.marks
    text, tags = piece.text, []
    if marks.raised:
        if RAISED[marks.raised] in takes:
            tags.append(marks.raised)
        else:
            text = on_the_line(text, marks.raised)
    html = "<br/>".join(escape(line) for line in text.split("\n"))
    tags += [tag for tag, name in (("i", "italic"), ("b", "bold")) if getattr(marks, name) and name in takes]
    for tag in tags:
        html = f"<{tag}>{html}</{tag}>"
    if marks.href in targets and "link" in takes:
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in targets[marks.href].items())
        html = f"<a{attributes}>{html}</a>"
    return html
