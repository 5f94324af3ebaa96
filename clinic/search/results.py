"""What was found, as the page shows it."""

from typing import NamedTuple

from django.urls import reverse

from .index import BEGINS, ENDS, Hit


class Piece(NamedTuple):
    """A stretch of text, and whether it is what was looked for."""

    text: str
    is_match: bool


class Result(NamedTuple):
    """A found page as the list shows it."""

    url: str
    kind: str
    language: str
    title: list[Piece]
    snippet: list[Piece]


def pieces(marked: str) -> list[Piece]:
    """Split a text at the marks of the index."""
    found = []
    for number, part in enumerate(marked.split(BEGINS)):
        match, _ends, rest = part.partition(ENDS) if number else ("", "", part)
        found += [Piece(match, True)] if match else []
        found += [Piece(rest, False)] if rest else []
    return found


def result(hit: Hit, texts: tuple[str, str, str], title: str = "") -> Result:
    """Return a hit with its words. With a title of its own, from the database, its other words may be old."""
    if title:
        return Result(hit.address, hit.kind, hit.language, [Piece(title, False)], [])
    heading, summary, body = texts
    # What is looked for is shown; otherwise the summary tells best what the page is.
    shown = summary if BEGINS in summary or BEGINS not in body else body
    return Result(hit.address, hit.kind, hit.language, pieces(heading), pieces(shown))


def help_address() -> str:
    """Return where the page with help in a crisis stands."""
    return reverse("get_help_now")
