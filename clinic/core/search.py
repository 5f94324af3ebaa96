"""Searching the public pages, with bounds on every step."""

import re
from itertools import chain
from typing import NamedTuple

from django import forms
from django.utils.html import strip_tags
from django.utils.text import capfirst
from wagtail.models import Page
from wagtail.search import index

from .bounded_forms import BoundedForm

# More words than this make no question, and each costs time.
MAX_WORDS = 8
MAX_RESULTS = 100
SNIPPET_LENGTH = 220
# Shorter words are highlighted nowhere: they would light up half of the text.
MIN_HIGHLIGHT = 2


class SearchForm(BoundedForm):
    """What somebody looks for."""

    query = forms.CharField(max_length=100, required=False, strip=True)


class Piece(NamedTuple):
    """A stretch of text, and whether it is what was looked for."""

    text: str
    is_match: bool


class Result(NamedTuple):
    """A found page as the list shows it."""

    url: str
    kind: str
    title: list[Piece]
    snippet: list[Piece]


def words_of(query):
    """Return the words of a query, without doubles, at most MAX_WORDS."""
    return list(dict.fromkeys(re.findall(r"\w+", query.casefold())))[:MAX_WORDS]


def find_pages(words, site):
    """Return the site's public pages that hold all the words, the best first, at most MAX_RESULTS."""
    if not words or site is None:
        return []
    pages = Page.objects.descendant_of(site.root_page, inclusive=True).live().public()
    return pages.search(" ".join(words), operator="and")[:MAX_RESULTS]


def present(pages, words):
    """Return results for the pages, which must be specific ones."""
    return [
        Result(
            url=page.url,
            kind=capfirst(page.__class__._meta.verbose_name.removesuffix(" page")),
            title=highlight(page.title, words),
            snippet=highlight(excerpt(page_text(page), words), words),
        )
        for page in pages
    ]


def page_text(page):
    """Return everything of a page that can be searched, its summary first, as plain text."""
    names = ["summary", *[f.field_name for f in page.search_fields if isinstance(f, index.SearchField)]]
    values = chain.from_iterable(_texts(page, name) for name in dict.fromkeys(names) if name != "title")
    return re.sub(r"\s+", " ", " ".join(values)).strip()


def _texts(page, name):
    """Return the plain texts of one field."""
    value = getattr(page, name, "")
    field = page._meta.get_field(name)
    if hasattr(field, "get_searchable_content"):
        return [strip_tags(text) for text in field.get_searchable_content(value)]
    return [str(value)]


def excerpt(text, words):
    """Return about SNIPPET_LENGTH characters around the first word found, cut between words."""
    match = _pattern(words).search(text) if words else None
    start = max(0, match.start() - SNIPPET_LENGTH // 3) if match else 0
    if start:
        start = text.find(" ", start) + 1
    end = start + SNIPPET_LENGTH
    piece = text[start:end]
    if end < len(text):
        piece = piece.rpartition(" ")[0] + " …"
    return ("… " if start else "") + piece


def highlight(text, words):
    """Split a text into pieces that match a word and pieces that don't."""
    words = [word for word in words if len(word) >= MIN_HIGHLIGHT]
    if not words:
        return [Piece(text, False)]
    parts = _pattern(words).split(text)
    # The pattern has one group, so every second part is a match.
    return [Piece(part, number % 2 == 1) for number, part in enumerate(parts) if part]


def _pattern(words):
    return re.compile(rf"\b({'|'.join(map(re.escape, words))})", re.IGNORECASE)
