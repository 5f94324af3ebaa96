"""The pages of the editors, found by their address."""

from copy import copy

from django.http import Http404
from wagtail.views import serve

from clinic.core.generation_memory import kept
from clinic.core.public_pages import site_of


def show_page(request, path):
    """Show the page at an address, as Wagtail does, with fewer questions to the database."""
    request._wagtail_route_for_request = _route(request, path)
    return serve(request, path)


def _route(request, path):
    """Return what Wagtail's own search for an address would; None for what is unknown."""
    site = site_of(request)
    if site is None:
        return None
    names = [name for name in path.split("/") if name]
    home = kept(("home", site.root_page_id), lambda: site.root_page.specific)
    section = names and kept(("section", home.pk, names[0]), lambda: _section(home, names[0]))
    try:
        # Copies: what is remembered stays as it was found.
        return copy(section).route(request, names[1:]) if section else copy(home).route(request, names)
    except Http404:
        return None


def _section(home, slug):
    """Return a page right below the front door, whole: all others are found through these."""
    page = home.get_children().filter(slug=slug).first()
    return page and page.specific
