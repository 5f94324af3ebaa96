"""Menus and the trail of pages."""

from django import template
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page

from clinic.core.facts import read_facts
from clinic.core.fixed_places import PHONE, PLACES
from clinic.core.generation_memory import kept
from clinic.core.main_menu import menu_of
from clinic.core.public_pages import open_to_all, public_address, site_of

register = template.Library()


@register.simple_tag(takes_context=True)
def main_menu(context):
    """Return the pages that editors put into menus: title, url, is_current, is_section."""
    request = context["request"]
    home = _home_of(request)
    if home is None:
        return []
    return _entries("main", home, lambda: menu_of(home), request)


@register.simple_tag(takes_context=True)
def footer_menu(context):
    """Return the policies, for the foot of each page."""
    request = context["request"]
    home = _home_of(request)
    if home is None:
        return []
    policies = Page.objects.descendant_of(home).filter(content_type__model="policypage")
    return _entries("footer", home, lambda: _titled(policies), request)


@register.simple_tag(takes_context=True)
def breadcrumb(context, page):
    """Return the pages above ``page``, from the home page down."""
    request = context["request"]
    home = _home_of(request)
    if home is None or page.pk is None:
        return []
    above = page.get_ancestors().filter(depth__gte=home.depth)
    # Pages beside each other share the trail; a preview has no path yet, and no place in the tree.
    return _entries(f"trail {page.path[: -page.steplen]}", home, lambda: _titled(above), request)


@register.simple_tag
def help_address(language=None):
    """Return where "Get help now" stands in a language, or in the one that is spoken."""
    spanish = (language or get_language() or "").startswith("es")
    return reverse("get_help_now_es" if spanish else "get_help_now")


@register.simple_tag
def place_address(place):
    """Return where a button to a place beside the tree leads; nothing for a phone that there is not."""
    if place == PHONE:
        return read_facts().phone_uri
    return reverse(place) if place in PLACES else ""


@register.simple_tag
def public_url(page):
    """Return the address of a page that everybody may see, and nothing for any other or for none."""
    return public_address(page)


def _home_of(request):
    """Return the home page of the request's site; found once for each request."""
    site = site_of(request)
    return site.root_page if site else None


def _titled(pages):
    """Return titles and pages of what everybody may see."""
    return [(page.title, page) for page in open_to_all(pages)]


def _entries(name, home, pages, request):
    """Return the entries of a menu. A page that no site shows has no address, and no entry.

    ``pages`` is a function that returns them with their titles: they are asked for once in a generation, for
    each site.
    """
    found = kept(
        f"{name} of {home.pk}",
        lambda: [(title, url) for title, page in pages() if (url := page.get_url(request))],
    )
    return [
        {
            "title": title,
            "url": url,
            "is_current": request.path == url,
            # Every page lies below the home page.
            "is_section": url != "/" and request.path.startswith(url),
        }
        for title, url in found
    ]
