"""The addresses of the public pages, for search engines."""

from django.contrib.sitemaps import views
from django.http import HttpResponse
from wagtail.contrib.sitemaps import Sitemap

from clinic.core.generation_memory import kept
from clinic.core.public_pages import open_to_all, site_of


def show_sitemap(request):
    """List the public pages of this site. The list of thousands takes a second, and is made once."""
    site = site_of(request)
    if site is None or request.GET:
        return _made(request)
    content, headers = kept(("sitemap", site.pk), lambda: _parts(_made(request)))
    return HttpResponse(content, headers=headers)


def _made(request):
    return views.sitemap(request, {"pages": PublicPages(request)}).render()


def _parts(response):
    return response.content, dict(response.headers)


class PublicPages(Sitemap):
    """Every page that everybody may see: as many queries for many as for few, of whichever types."""

    def items(self):
        """Return the pages in the order of the tree, with what an entry says of each."""
        root = (site_of(self.request) or self.get_wagtail_site()).root_page
        pages = open_to_all(root.get_descendants(inclusive=True)).order_by("path")
        return pages.only("url_path", "last_published_at", "latest_revision_created_at")
