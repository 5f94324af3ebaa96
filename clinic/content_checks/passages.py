"""Everything that editors wrote on a page or snippet, passage by passage, with its place; asks no database
beyond the rows of the page.
"""

from dataclasses import dataclass, field

from django.db import models
from django.utils.text import capfirst
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from .plain_text import clean
from .rich_text import has_mark, paragraphs_of
from .stored_blocks import pieces_of

# Not for readers, or written by nobody.
UNREAD = {"slug", "url_path", "draft_title", "content_type", "translation_key", "locale", "alias_of"}
TEXTS = (models.CharField, models.TextField, StreamField)
ADDRESSES = (models.URLField, models.EmailField, models.SlugField)
OF_PAGES = {"title", "seo_title", "search_description"}


@dataclass
class Passage:
    """A paragraph, title or description, and where an editor finds it."""

    text: str
    place: str
    path: str  # as Wagtail's editor names the place: body.<id of the block>.text
    kind: str = "p"
    links: list = field(default_factory=list)
    is_cited: bool = False
    list_key: str = ""
    is_block: bool = False


def passages_of(instance):
    """Return the passages of a page or snippet in the order of its fields."""
    found = list(_of_fields(instance))
    for relation in get_all_child_relations(type(instance)):
        if relation.related_model.__module__.startswith("wagtail"):
            continue
        name = relation.get_accessor_name()
        for row in getattr(instance, name).all():
            place = capfirst(str(row._meta.verbose_name))
            found += _of_fields(row, place=f"{place} → ", path=f"{name}.{row.pk}." if row.pk else name)
    return found


def _of_fields(instance, place="", path=""):
    for model_field in instance._meta.concrete_fields:
        if _is_read(model_field):
            here = f"{place}{capfirst(str(model_field.verbose_name))}"
            yield from _of_field(instance, model_field, here, f"{path}{model_field.name}")


def _is_read(model_field):
    if model_field.name in UNREAD or model_field.choices:
        return False
    if model_field.model is Page:
        return model_field.name in OF_PAGES
    return isinstance(model_field, TEXTS) and not isinstance(model_field, ADDRESSES)


def _of_field(instance, model_field, place, path):
    value = getattr(instance, model_field.name)
    if isinstance(model_field, StreamField):
        for piece in pieces_of(model_field.stream_block, list(value.raw_data), place, path):
            for passage in _of_piece(piece):
                passage.is_block = True
                yield passage
    elif isinstance(model_field, RichTextField):
        yield from _of_rich_text(value or "", place, path)
    elif value:
        kind = {"title": "title", "summary": "summary"}.get(path, "p")
        text = clean(str(value))
        yield Passage(text, place, path, kind, is_cited=has_mark(text))


def _of_piece(piece):
    if piece.kind == "rich":
        yield from _of_rich_text(piece.text, piece.place, piece.path, is_cited=piece.is_cited)
        return
    text = clean(piece.text)
    if text or piece.kind in ("heading", "alt", "th", "caption"):
        is_cited = piece.is_cited or has_mark(text)
        yield Passage(text, piece.place, piece.path, piece.kind, is_cited=is_cited)


def _of_rich_text(html, place, path, *, is_cited=False):
    for part in paragraphs_of(html):
        list_key = f"{path}#{part.list_number}" if part.list_number else ""
        yield Passage(
            part.text, place, path, part.tag, part.links, part.is_cited or is_cited, list_key=list_key
        )
