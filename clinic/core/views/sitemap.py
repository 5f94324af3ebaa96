"""The addresses of the public pages, for search engines."""

from django.contrib.sitemaps import views
from wagtail.contrib.sitemaps import Sitemap

from clinic.core.public_pages import open_to_all, site_of


def show_sitemap(request):
    """List the public pages of this site."""
    return views.sitemap(request, {"pages": PublicPages(request)})


class PublicPages(Sitemap):
    """Every page that everybody may see: as many queries for many as for few, of whichever types."""

    def items(self):
        """Return the pages in the order of the tree, with what an entry says of each."""
        root = (site_of(self.request) or self.get_wagtail_site()).root_page
        pages = open_to_all(root.get_descendants(inclusive=True)).order_by("path")
        return pages.only("url_path", "last_published_at", "latest_revision_created_at")
