"""What search engines and shared links read of a page."""

from django import template

from clinic.core.share_cards.cards import shown_card
from clinic.core.structured_data import script_of

from .navigation import breadcrumb

register = template.Library()


@register.simple_tag
def share_card(page=None):
    """Return the picture that goes with a page, or None: ``{% share_card page as card %}``."""
    return shown_card(page or None)


@register.simple_tag(takes_context=True)
def structured_data(context, page, card):
    """Return the data block of a page. A preview has none: it has no place in the tree yet."""
    if page.pk is None or getattr(context["request"], "is_preview", False) or not page.url:
        return ""
    trail = breadcrumb(context, page) if page.depth > 2 else []
    return script_of(page, trail, card)
