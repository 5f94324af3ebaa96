"""The addresses of the public pages, for search engines."""

from django.conf import settings
from django.contrib.sitemaps import views
from django.http import HttpResponse
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap

from clinic.core.generation_memory import kept
from clinic.core.public_pages import open_to_all, site_of


def show_sitemap(request, routes=()):
    """List the public pages of this site, and those of its fixed routes that ``routes`` names.

    The list of thousands takes a second, and is made once.
    """
    site = site_of(request)
    if site is None or request.GET:
        return _made(request, routes)
    content, headers = kept(("sitemap", site.pk), lambda: _parts(_made(request, routes)))
    return HttpResponse(content, headers=headers)


def _made(request, routes):
    sections = {"pages": PublicPages(request), "routes": FixedRoutes(routes)}
    response = views.sitemap(request, sections).render()
    # A search engine lists no sitemap; and kept files share the headers of all pages.
    del response["X-Robots-Tag"]
    return response


def _parts(response):
    return response.content, dict(response.headers)


class PublicPages(Sitemap):
    """Every page that everybody may see: as many queries for many as for few, of whichever types."""

    def items(self):
        """Return the pages in the order of the tree, with what an entry says of each."""
        root = (site_of(self.request) or self.get_wagtail_site()).root_page
        pages = open_to_all(root.get_descendants(inclusive=True)).order_by("path")
        return pages.only("url_path", "last_published_at", "latest_revision_created_at")


class FixedRoutes:
    """What stands beside the tree of pages. Nothing says when one of them last changed."""

    def __init__(self, names):
        self._names = names

    def get_urls(self, page=1, **kwargs):
        """Return what the list says of each, on its first page alone."""
        names = self._names if int(page) == 1 else ()
        return [{"location": settings.SITE_URL + reverse(name)} for name in names]
