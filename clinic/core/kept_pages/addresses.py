"""Which addresses are kept: those of public pages, and what stands without a page of its own."""

from django.urls import reverse
from wagtail.models import Site, get_page_models


def kept_addresses() -> list[str]:
    """Return the addresses of all public pages, those near the front door first. Raises django.db.Error."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return []
    pages = site.root_page.get_descendants(inclusive=True).live().public().order_by("depth", "path")
    start = len(site.root_page.url_path) - 1
    addresses = [url_path[start:] for url_path in pages.values_list("url_path", flat=True)]
    further = [page.url_path[start:] + rest for page in _with_lists(pages) for rest in page.list_addresses()]
    help_pages = [reverse("get_help_now"), reverse("get_help_now_es")]
    return [*help_pages, *addresses, *further, reverse("sitemap")]


def _with_lists(pages):
    """Yield the pages that answer at more addresses than their own: lists, and feeds."""
    for model in get_page_models():
        if hasattr(model, "list_addresses"):
            yield from model.objects.filter(pk__in=pages)
