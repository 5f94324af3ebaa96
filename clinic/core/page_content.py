"""What a page says, as plain values that can be compared: the same words give the same values.

Where a draft was opened and saved again, blocks bear other keys, and empty places and second spaces may have
come or gone. None of that is a change of what the page says.
"""

import re

from wagtail.fields import StreamField
from wagtail.models import Page

# What Wagtail keeps of every page that people read; the rest of it is about place, time and versions.
WORDS_OF_EVERY_PAGE = {"title", "seo_title", "search_description"}
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
SPACES = re.compile(r" {2,}")
# The editor of texts drops the spaces around these.
SPACES_AT_ENDS = re.compile(r" *(</?(?:p|li|ol|ul|h[1-6])>|<br/>) *")
NOTHING = ("", [], {})


def content_of(page) -> dict:
    """Return the content of a page in memory, by the names of its fields; without a query."""
    return {field.name: _value(field, page) for field in page._meta.concrete_fields if _is_content(field)}


def _is_content(field):
    return field.name in WORDS_OF_EVERY_PAGE if field.model is Page else not field.primary_key


def _value(field, page):
    value = getattr(page, field.attname)
    return _plain(list(value.raw_data) if isinstance(field, StreamField) else value)


def _plain(value):
    if isinstance(value, dict):
        return _plain_block(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    # Rich text bears the keys of its paragraphs, which each editor makes anew.
    return _plain_text(value) if isinstance(value, str) else value


def _plain_text(value):
    return SPACES_AT_ENDS.sub(r"\1", SPACES.sub(" ", BLOCK_KEY.sub("", value)))


def _plain_block(value):
    if "type" in value and "value" in value:
        inner = _plain(value["value"])
        # Older content stores the items of a list bare.
        return inner if value["type"] == "item" else [value["type"], inner]
    plain = {name: _plain(inner) for name, inner in value.items()}
    return {name: inner for name, inner in plain.items() if not _is_nothing(inner)}


def _is_nothing(value):
    return value is None or value is False or value in NOTHING
