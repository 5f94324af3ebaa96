"""Texts whose footnotes bear the numbers of their page."""

from django import template
from wagtail.rich_text import RichText

register = template.Library()


@register.simple_tag(takes_context=True)
def prose(context, text):
    """Return a rich text for readers; on a page its footnotes are numbers."""
    stored = getattr(text, "source", text) or ""
    citations = getattr(context.get("page"), "citations", None)
    return str(RichText(citations.with_numbers(stored) if citations else stored))


@register.simple_tag
def places_of(page, source):
    """Return the anchors of the places of a page that cite this source."""
    return page.citations.places_of(source)
