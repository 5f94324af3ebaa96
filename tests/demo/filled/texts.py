"""Everything that anybody wrote for the demo, found without knowing the page types."""

from django.apps import apps
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page

APPS = ("core", "treatments", "team", "locations", "blog", "wagtailcore")


def texts():
    """Yield place and raw text of every field with words, pages' blocks included."""
    for model in apps.get_models():
        if model._meta.app_label in APPS and model._meta.model_name != "revision":
            for thing in model.objects.all():
                yield from texts_of(thing)


def texts_of(thing):
    """Yield place and raw text of one row."""
    for field in thing._meta.concrete_fields:
        value = getattr(thing, field.attname)
        raw = str(list(value.raw_data)) if isinstance(value, StreamValue) else value
        if isinstance(raw, str):
            yield f"{thing._meta.model_name} {thing.pk} {field.name}", raw


def streams():
    """Yield page and value of every stream in the tree."""
    for page in Page.objects.specific():
        for field in page._meta.get_fields():
            if isinstance(field, StreamField):
                yield page, getattr(page, field.name)


def vocabularies():
    """Yield the names of stream definition and block for every block that editors can choose."""
    for _page, value in streams():
        definition = type(value.stream_block).__name__
        for name in value.stream_block.child_blocks:
            yield definition_of(definition, name), name


def blocks_used():
    """Return the names of stream definition and block for every block in the tree."""
    return {
        (definition_of(type(value.stream_block).__name__, child.block_type), child.block_type)
        for _page, value in streams()
        for child in value
    }


def definition_of(definition, name):
    """Name the vocabulary that a block belongs to: the shared one, or its app's own addition."""
    own = {"TreatmentStoryBlock": {"safety"}, "BlogStoryBlock": {"key_points"}}
    is_shared = definition in own and name not in own[definition]
    return "StoryBlock" if is_shared else definition
