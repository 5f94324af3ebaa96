"""What all pages have in common."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.search import index

from clinic.core.page_forms import BasePageForm
from clinic.core.public_pages import closed_paths


class BasePage(Page):
    """A page with a summary that its cards, search results and meta description share."""

    base_form_class = BasePageForm

    # The part of the site as the consultation form remembers it; never the page itself.
    section = "other"
    # Fragment identifiers that its template uses beside those of its body.
    own_anchors = ()

    summary = models.CharField(
        max_length=300,
        blank=True,
        help_text="One or two plain sentences. Shown on cards, in search results and to search engines.",
    )

    search_fields = [*Page.search_fields, index.SearchField("summary")]
    content_panels = [*Page.content_panels, FieldPanel("summary")]

    class Meta:
        abstract = True

    def get_url_parts(self, request=None):
        """Return where the page stands. Where no site seems to show it, the sites remembered may be old."""
        parts = super().get_url_parts(request)
        if parts is None:
            Site.clear_site_root_paths_cache()
            # Wagtail keeps them with the request or, without one, with the page: as old.
            self.__dict__.pop("_wagtail_cached_site_root_paths", None)
            parts = super().get_url_parts()
        return parts

    def get_view_restrictions(self):
        """Return what keeps this page for some people; without a query where no page is kept at all."""
        return super().get_view_restrictions() if closed_paths() else PageViewRestriction.objects.none()

    @property
    def meta_description(self):
        """The description for search engines and shared links."""
        return self.search_description or self.summary
