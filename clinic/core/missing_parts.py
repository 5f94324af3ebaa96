"""What a page or snippet points at that readers don't get: it was deleted, or isn't public.

Templates leave such parts out without a trace. The editor is told here, by walking through the
stored values, since the loaded ones no longer know that there was something.
"""

from collections import defaultdict
from typing import NamedTuple

from django.utils.text import capfirst
from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin, Page
from wagtail.rich_text import extract_references_from_rich_text

from .public_pages import public_among


class Pointer(NamedTuple):
    """A place that points at something."""

    place: str
    model: type
    key: str


def missing_parts(instance):
    """Return a sentence for each place of ``instance`` that points at nothing; a query for each model."""
    pointers = list(_pointers_of(instance))
    keys = defaultdict(set)
    for pointer in pointers:
        keys[pointer.model].add(pointer.key)
    there = {model: _existing(model, wanted) for model, wanted in keys.items()}
    public = {model: _public(model, there[model]) for model in keys}
    sentences = (_sentence(p, there[p.model], public[p.model]) for p in pointers)
    return list(dict.fromkeys(filter(None, sentences)))


def _sentence(pointer, there, public):
    name = pointer.model._meta.verbose_name
    if pointer.key not in there:
        return f"{pointer.place}: the {name} was deleted."
    if pointer.key not in public:
        for_whom = " for everybody" if issubclass(pointer.model, Page) else ""
        return f"{pointer.place}: the {name} isn’t published{for_whom}."
    return ""


def _existing(model, keys):
    numbers = [key for key in keys if key.isdigit()]
    return {str(key) for key in model._default_manager.filter(pk__in=numbers).values_list("pk", flat=True)}


def _public(model, keys):
    """Return which of these keys readers get to see."""
    if issubclass(model, Page):
        return {str(key) for key in public_among(keys)}
    if issubclass(model, DraftStateMixin):
        return {str(key) for key in model.objects.filter(pk__in=keys, live=True).values_list("pk", flat=True)}
    return keys


def _pointers_of(instance):
    """Yield what the fields point at. A foreign key never points at nothing, but maybe at what is hidden."""
    for field in instance._meta.get_fields():
        place = capfirst(str(getattr(field, "verbose_name", field.name)))
        if isinstance(field, StreamField):
            yield from _in_block(field.stream_block, list(getattr(instance, field.name).raw_data), place)
        elif isinstance(field, RichTextField):
            yield from _in_rich_text(getattr(instance, field.name) or "", place)
        elif _leads_to_what_may_be_hidden(field) and getattr(instance, field.attname):
            yield Pointer(place, field.related_model, str(getattr(instance, field.attname)))


def _leads_to_what_may_be_hidden(field):
    """Whether an editor chooses a page or shared content here; Wagtail's own links are none of ours."""
    is_own = field.many_to_one and field.concrete and field.model is not Page
    return is_own and issubclass(field.related_model, (Page, DraftStateMixin))


def _in_block(block, raw, place):
    """Yield what a stored value of ``block`` points at."""
    if raw is None:
        return
    if isinstance(block, StreamBlock):
        for child in raw:
            kind = block.child_blocks.get(child["type"])
            if kind:
                yield from _in_block(kind, child["value"], f"{place} → {capfirst(str(kind.label))}")
    elif isinstance(block, StructBlock) and isinstance(raw, dict):
        for name, kind in block.child_blocks.items():
            yield from _in_block(kind, raw.get(name), place)
    elif isinstance(block, ListBlock):
        for item in raw:
            yield from _in_block(block.child_block, _value_of(item), place)
    elif isinstance(block, TypedTableBlock):
        for row in raw["rows"]:
            for column, cell in zip(raw["columns"], row["values"], strict=True):
                yield from _in_block(block.child_blocks[column["type"]], cell, place)
    elif isinstance(block, RichTextBlock):
        yield from _in_rich_text(str(getattr(raw, "source", raw)), place)
    elif hasattr(block, "model_class"):
        yield Pointer(place, block.model_class, str(raw))


def _value_of(item):
    """Return the value of a list's item, which older content stores bare."""
    is_wrapped = isinstance(item, dict) and item.get("type") == "item" and "value" in item
    return item["value"] if is_wrapped else item


def _in_rich_text(html, place):
    for model, key, *_path in extract_references_from_rich_text(html):
        yield Pointer(f"{place}, in the text", model, str(key))
