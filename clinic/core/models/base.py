"""What all pages have in common."""

from contextlib import contextmanager
from copy import copy

from django.db import models, transaction
from django.http import Http404
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.search import index

from clinic.core.citations import Citations
from clinic.core.editor_says import SaysPanel
from clinic.core.generation_memory import kept
from clinic.core.kept_revisions import what_may_be_overwritten
from clinic.core.live_rules import judge
from clinic.core.page_content import content_of
from clinic.core.page_forms import BasePageForm
from clinic.core.previews import MODES, shown_as_found
from clinic.core.public_pages import closed_paths, site_roots


class BasePage(Page):
    """A page with a summary that its cards, search results and meta description share."""

    base_form_class = BasePageForm

    # The part of the site as the consultation form remembers it; never the page itself.
    section = "other"
    # Foreign keys to what few rows are of, shown with the page: asked for once in a generation.
    known_parts = ()
    # Foreign keys to what each page has of its own, asked for together with the page.
    own_parts = ()
    # Fragment identifiers that its template uses beside those of its body.
    own_anchors = ()
    preview_modes = MODES
    _is_being_written = False

    summary = models.CharField(
        max_length=300,
        blank=True,
        help_text="One or two plain sentences. Shown on cards, in search results and to search engines.",
    )

    search_fields = [*Page.search_fields, index.SearchField("summary")]
    content_panels = [
        SaysPanel(),
        *Page.content_panels,
        FieldPanel("summary"),
    ]
    promote_panels = [
        *Page.promote_panels,
        InlinePanel(
            "share_pictures",
            heading="Picture for shared links",
            label="Picture",
            max_num=1,
            help_text="Shown where somebody shares the address of this page. Without one a card with the "
            "title and the clinic's name is drawn.",
        ),
    ]

    class Meta:
        abstract = True

    @contextmanager
    def being_written(self):
        """While a version is kept that nobody publishes, it may say anything, also on a page that is live."""
        before, self._is_being_written = self._is_being_written, True
        try:
            yield
        finally:
            self._is_being_written = before

    def full_clean(self, *args, **kwargs):
        """Judge whatever is live, or becomes it. Raises MayNotGoLive.

        A live page that says what it said stays: moving, locking or renaming it makes nothing worse.
        """
        super().full_clean(*args, **kwargs)
        if self.live and not self._is_being_written and not self._says_what_it_said():
            judge(self)

    def _says_what_it_said(self):
        stored = None if self._state.adding else type(self).objects.filter(pk=self.pk, live=True).first()
        return stored is not None and content_of(stored) == content_of(self)

    def save(self, clean=True, **kwargs):
        """Store the page; one that Wagtail copied from below another one is judged, too."""
        if self.live and self._state.adding and not clean:
            judge(self)
        super().save(clean=clean, **kwargs)

    def save_revision(self, *args, overwrite_revision=None, **kwargs):
        """Keep a version that nobody publishes yet; one that somebody decided on is not written over.

        Takes the page for itself first, as who decides on it does: each waits for the other.
        """
        with self.being_written(), transaction.atomic():
            Page.objects.select_for_update().filter(pk=self.pk).first()
            overwritten = what_may_be_overwritten(self, overwrite_revision)
            return super().save_revision(*args, overwrite_revision=overwritten, **kwargs)

    def publish(self, revision, *args, **kwargs):
        """Publish a version, or let it wait for its time. Raises MayNotGoLive."""
        judge(revision.as_object())
        return super().publish(revision, *args, **kwargs)

    def get_url_parts(self, request=None):
        """Return where the page stands. Where no site seems to show it, the sites remembered may be old."""
        parts = super().get_url_parts(request)
        if parts is None:
            Site.clear_site_root_paths_cache()
            # Wagtail keeps them with the request or, without one, with the page: as old.
            self.__dict__.pop("_wagtail_cached_site_root_paths", None)
            parts = super().get_url_parts()
        return parts

    def _get_site_root_paths(self, request=None):
        """Return where the sites begin; Wagtail asks here before it makes an address."""
        if request is None:
            return site_roots()
        if not hasattr(request, "_wagtail_cached_site_root_paths"):
            request._wagtail_cached_site_root_paths = site_roots()
        return request._wagtail_cached_site_root_paths

    def route(self, request, path_components):
        """Find the page at an address below: where it stands is asked once in a generation, the page itself
        in one query.
        """
        if not path_components:
            return super().route(request, path_components)
        slug, *rest = path_components
        place = kept(("child", self.pk, slug), lambda: self._place_of_child(slug))
        if place and not issubclass(place[0], BasePage):
            return super().route(request, path_components)
        child = place and place[0].at(place[1])
        if child is None:
            raise Http404
        child._cached_parent_obj = self
        return child.route(request, rest)

    def _place_of_child(self, slug):
        child = self.get_children().filter(slug=slug).first()
        return child and (child.specific_class, child.pk)

    @classmethod
    def at(cls, key):
        """Return the page with this key as its own address shows it, or None; one query."""
        page = cls.objects.select_related(*cls.own_parts).filter(pk=key).first()
        for name in cls.known_parts if page else ():
            field = cls._meta.get_field(name)
            if part := getattr(page, field.attname):
                manager = field.related_model._default_manager
                found = kept((field.related_model, part), lambda m=manager, k=part: m.filter(pk=k).first())
                setattr(page, name, copy(found))
        return page

    def get_view_restrictions(self):
        """Return what keeps this page for some people; without a query where no page is kept at all."""
        return super().get_view_restrictions() if closed_paths() else PageViewRestriction.objects.none()

    def serve_preview(self, request, mode_name):
        """Return the page as it is found, or as it is shown in one of the other ways."""
        return shown_as_found(self, request, mode_name) or super().serve_preview(request, mode_name)

    @cached_property
    def citations(self):
        """The sources that this page cites or lists, while it is shown."""
        return Citations(self)

    @property
    def numbered_references(self):
        """Numbers and sources as the page says them now: whoever asks may have changed it meanwhile."""
        return Citations(self).numbered

    @property
    def meta_description(self):
        """The description for search engines and shared links."""
        return self.search_description or self.summary
