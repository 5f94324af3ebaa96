"""What pages of the admin say before a page goes."""

from django import template

from clinic.removal.leading_here import leading_to
from clinic.removal.pillars import FIELD, is_home, why_it_matters

register = template.Library()


@register.inclusion_tag("removal/leading_here.html")
def leading_here(pages, with_children=True):
    """Print what leads to one page or to several, as Wagtail hands them over."""
    several = [page["item"] for page in pages] if isinstance(pages, list) else [pages]
    return {"leading": leading_to(several, with_children=with_children)}


@register.inclusion_tag("removal/title_typed.html")
def title_typed(page):
    """Print what depends on a page that the site stands on, and a field for its title."""
    return {"page": page, "why": why_it_matters(page), "is_home": is_home(page), "field": FIELD}
