"""What the editor says of a page, for the answer to its saving by itself."""

from django import template

from clinic.core.editor_says import says
from clinic.core.models import BasePage

register = template.Library()


@register.simple_tag
def editor_says(page):
    """Return what stands above the fields of a page of ours now; None where there is no place for it."""
    return says(page) if isinstance(page, BasePage) else None
