"""Which pages everybody may see. Whatever lists pages or links to one asks here.

A page is public while it is published and neither it nor a page above it is kept for some people.
Lists say ``open_to_all(pages)``, which asks for the restrictions once in a generation; a link to one page
says ``{% public_url page %}``.
"""

from django.db.models import Q
from wagtail.models import Page, PageViewRestriction, Site

from .generation_memory import is_answering, kept, kept_of


def site_of(request):
    """Return the site that a request is for, or None."""
    # Wagtail looks for both with the request before it asks the database.
    if not hasattr(request, "_wagtail_site"):
        sites = kept("sites", lambda: list(Site.objects.select_related("root_page")))
        # One site, and nothing else to choose from, is for every name.
        if len(sites) == 1 and sites[0].is_default_site:
            request._wagtail_site = sites[0]
        request._wagtail_cached_site_root_paths = site_roots()
    return Site.find_for_request(request)


def site_roots():
    """Return where each site begins, as Wagtail keeps it for itself; ours ends with the generation."""
    return kept("site roots", _fresh_site_roots) if is_answering() else Site.get_site_root_paths()


def _fresh_site_roots():
    Site.clear_site_root_paths_cache()
    return Site.get_site_root_paths()


def closed_paths():
    """Return the places in the tree below which pages are for some people only."""
    return kept(
        "closed paths", lambda: tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    )


def open_to_all(pages):
    """Keep the pages of a queryset that everybody may see."""
    closed = Q()
    for path in closed_paths():
        closed |= Q(path__startswith=path)
    return pages.live().exclude(closed) if closed else pages.live()


def is_public(page, closed):
    """Whether everybody may see the page; ``closed`` is what ``closed_paths`` returned."""
    return page.live and not page.path.startswith(tuple(closed))


def known_pages(keys):
    """Return ``{key: page}`` for pages that something leads to: what Wagtail knows of each page."""
    return kept_of("page", keys, Page.objects.in_bulk)


def public_address(page, closed=None):
    """Return the address of a public page, and nothing for any other, or for none."""
    if page is None:
        return ""
    is_open = is_public(page, closed_paths() if closed is None else closed)
    # Wagtail keeps them with the page.
    page._wagtail_cached_site_root_paths = site_roots()
    return (page.url or "") if is_open else ""


def public_among(keys):
    """Return the keys that belong to public pages."""
    return set(open_to_all(Page.objects.filter(pk__in=keys)).values_list("pk", flat=True))
