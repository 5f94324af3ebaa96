"""Menus and the trail of pages."""

from django import template
from wagtail.models import Page, Site

from clinic.core.public_pages import closed_paths, public_address

register = template.Library()


@register.simple_tag(takes_context=True)
def main_menu(context):
    """Return the pages that editors put into menus: title, url, is_current, is_section."""
    request = context["request"]
    home = _home_of(request)
    if home is None:
        return []
    return _entries(home.get_children().live().public().in_menu(), request)


@register.simple_tag(takes_context=True)
def footer_menu(context):
    """Return the policies, for the foot of each page."""
    request = context["request"]
    home = _home_of(request)
    if home is None:
        return []
    policies = Page.objects.descendant_of(home).live().public().filter(content_type__model="policypage")
    return _entries(policies, request)


@register.simple_tag(takes_context=True)
def breadcrumb(context, page):
    """Return the pages above ``page``, from the home page down."""
    request = context["request"]
    home = _home_of(request)
    if home is None or page.pk is None:
        return []
    above = page.get_ancestors().filter(depth__gte=home.depth).live().public()
    return _entries(above, request)


@register.simple_tag(takes_context=True)
def public_url(context, page):
    """Return the address of a page that everybody may see, and nothing for any other or for none."""
    return public_address(page, _closed_paths(context.get("request"))) if page else ""


def _closed_paths(request):
    """Return the restricted places, asked for once in a request."""
    if not hasattr(request, "closed_paths"):
        closed = closed_paths()
        if request is None:
            return closed
        request.closed_paths = closed
    return request.closed_paths


def _home_of(request):
    """Return the home page of the request's site; found once for each request."""
    site = Site.find_for_request(request)
    return site.root_page if site else None


def _entries(pages, request):
    """Return the entries of a menu. A page that no site shows has no address, and no entry."""
    addresses = [(page, page.get_url(request)) for page in pages]
    return [
        {
            "title": page.title,
            "url": url,
            "is_current": request.path == url,
            "is_section": request.path.startswith(url),
        }
        for page, url in addresses
        if url
    ]
