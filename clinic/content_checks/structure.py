"""How a page is built: title, headings, links, tables, pictures, help in a crisis, and how hard it reads."""

import re

from wagtail.models import Page

from .house_list import house_list
from .plain_text import plain
from .sentences import grade_of, sentences_of, words_of
from .wording import many_in

SMALL_HEADINGS = {"h3", "h4", "h5", "h6"}
RUNNING = {"p", "li", "blockquote"}
_FILE = re.compile(
    r"\.(?:avif|gif|heic|jpe?g|png|svg|webp|tiff?)$"
    r"|^(?:img|dsc|dscn|image|picture|photo|pic|screenshot|scan)[ _\-.]*\d+"
    r"|^\S*_\S*$|^[0-9a-f]{8,}$",
    re.IGNORECASE,
)
_BREATH = re.compile(r"[:;]\s")
_HELP = re.compile(r"\b988\b|get help now|/get-help-now/")


def structure_of(instance, passages):
    """Yield kind, words, passage, place and path of what is built wrongly."""
    for look in (_title, _summary, _headings, _links, _tables, _pictures, _lists, _crisis, _lengths, _grade):
        yield from look(instance, passages)


def _kind(key, **named):
    return house_list().structure[key].naming(**named)


_TABLES = {"th": "table-without-headers", "caption": "table-without-caption"}


def _at(key, passage, words="", **named):
    return _kind(key, **named), words, passage.text, passage.place, passage.path


def _title(instance, passages):
    for passage in passages:
        if passage.kind == "title" and not words_of(passage.text):
            yield _at("title-without-words", passage, passage.text)


def _summary(instance, passages):
    if hasattr(instance, "summary") and not words_of(instance.summary or ""):
        yield _kind("empty-summary"), "", "", "Summary", "summary"


def _headings(instance, passages):
    """A small heading needs a greater one above it; fields of their own have theirs from the template."""
    has_heading = bool(getattr(instance, "own_anchors", ()))
    for passage in passages:
        if not passage.is_block and passage.path != "introduction":
            continue
        is_heading = passage.kind in ("heading", "h2") or passage.kind in SMALL_HEADINGS
        if is_heading and not words_of(passage.text):
            yield _at("empty-heading", passage)
        elif passage.kind in ("heading", "h2"):
            has_heading = True
        elif passage.kind in SMALL_HEADINGS and not has_heading:
            yield _at("heading-order", passage, passage.text)


def _links(instance, passages):
    for passage in passages:
        for link in passage.links:
            words = plain(link).strip(" .:>-")
            is_address = words.startswith(("http:", "https:", "www."))
            if is_address or not words_of(words) or words in house_list().link_texts:
                yield _at("link-text", passage, link)


def _tables(instance, passages):
    for passage in passages:
        if passage.kind in _TABLES and not passage.text:
            yield _at(_TABLES[passage.kind], passage)


def _pictures(instance, passages):
    for passage in passages:
        if passage.kind == "alt" and not words_of(passage.text):
            yield _at("alt-missing", passage)
        elif passage.kind == "alt" and _FILE.search(passage.text):
            yield _at("alt-file-name", passage, passage.text)


def _lists(instance, passages):
    """Illnesses one below another are as many as those in one sentence."""
    items = {}
    for passage in passages:
        if passage.list_key:
            items.setdefault(passage.list_key, []).append(passage)
    for several in items.values():
        if words := many_in("; ".join(passage.text for passage in several)):
            first = several[0]
            yield house_list().many.kind, words, first.text, first.place, first.path


def _crisis(instance, passages):
    if not isinstance(instance, Page) or any(_HELP.search(plain(passage.text)) for passage in passages):
        return
    for passage in passages:
        if match := house_list().crisis_words.search(plain(passage.text)):
            yield _at("crisis-link-missing", passage, match[0])
            return


def _lengths(instance, passages):
    bounds = house_list().bounds
    for passage in passages:
        if passage.kind not in RUNNING:
            continue
        if len(passage.text.split()) > bounds["paragraph_words"]:
            yield _at("long-paragraph", passage, most=bounds["paragraph_words"])
        for sentence in sentences_of(passage.text):
            if _length(sentence) > bounds["sentence_words"]:
                yield _at("long-sentence", passage, sentence[:60], most=bounds["sentence_words"])


def _length(sentence):
    """Return the words of the longest part; a colon or semicolon lets a reader breathe."""
    return max(len(part.split()) for part in _BREATH.split(sentence))


def _grade(instance, passages):
    grade = grade_of([passage.text for passage in passages if passage.kind in RUNNING])
    most = house_list().bounds["grade"]
    if grade > most:
        yield _kind("reading-level", grade=grade, most=most), "", "", "The whole page", ""
