"""Removed pages as editors see them: to restore, or to remove for good."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.views.generic import DetailView, ListView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinic.core.broken_links import broken_links, count_broken_links

from .broken import RIGHT
from .models import Removal
from .purging import KEPT_DAYS, StillNeeded, gone_on, remove_for_good
from .restoring import CannotRestore, may_decide, restore

LIST = reverse_lazy("removed_pages")
GONE = "This page is no longer here: somebody restored it or removed it for good."


class ReportMixin(WagtailAdminTemplateMixin):
    """A page among Wagtail's reports, with the way to it."""

    _show_breadcrumbs = True

    def get_breadcrumbs_items(self):
        """Say where one is."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class ForWhoeverMayLook(PermissionRequiredMixin):
    """Lets those in who may see removed pages."""

    permission_required = RIGHT
    raise_exception = True


class RemovedPagesView(ForWhoeverMayLook, ReportMixin, ListView):
    """What was removed and can come back, the newest first."""

    template_name = "removal/removed_pages.html"
    page_title = "Removed pages"
    header_icon = "bin"
    paginate_by = 30
    index_url = LIST

    def get_queryset(self):
        """Return them with who removed them."""
        return Removal.objects.select_related("removed_by", "parent")

    def get_context_data(self, **kwargs):
        """Add when each goes by itself, and whether this person decides about it."""
        context = super().get_context_data(**kwargs)
        rows = [
            {
                "removal": one,
                "goes_on": gone_on(one.removed_at),
                "may_decide": may_decide(self.request.user, one),
            }
            for one in context["object_list"]
        ]
        return {**context, "rows": rows, "kept_days": KEPT_DAYS}


class BrokenLinksView(ForWhoeverMayLook, ReportMixin, TemplateView):
    """Links to pages that readers don't get, or soon won't."""

    template_name = "removal/broken_links.html"
    page_title = "Broken links"
    header_icon = "link-external"

    def get_context_data(self, **kwargs):
        """Add them, and how many there are."""
        links = broken_links()
        return {**super().get_context_data(**kwargs), "links": links, "number": count_broken_links()}


class DecidingMixin(ForWhoeverMayLook):
    """What is decided about one removed page, by whoever may publish where it stood."""

    def dispatch(self, request, *args, **kwargs):
        """Say so where somebody else was faster; refuse who may not decide."""
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        self.removal = Removal.objects.select_related("page", "parent").filter(pk=kwargs["pk"]).first()
        if self.removal is None:
            messages.warning(request, GONE)
            return redirect(LIST)
        if not may_decide(request.user, self.removal):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class RestoreView(DecidingMixin, View):
    """Brings a page back."""

    http_method_names = ["post"]

    def post(self, request, pk):
        """Restore it and say what came of it."""
        try:
            done = restore(self.removal, request.user)
        except CannotRestore as refused:
            messages.error(request, str(refused))
            return redirect(LIST)
        said = [f"“{done.page.title}” is back where it stood."]
        if done.new_slug:
            said.append(f"Another page has its old address by now, so it stands at “{done.new_slug}”.")
        edit = messages.button(reverse("wagtailadmin_pages:edit", args=[done.page.pk]), "Edit")
        messages.success(request, " ".join(said), buttons=[edit])
        if done.drafts:
            messages.warning(request, f"Not published, but kept as drafts: {' '.join(done.drafts)}")
        return redirect("wagtailadmin_explore", done.page.get_parent().pk)


class RemoveForGoodView(DecidingMixin, WagtailAdminTemplateMixin, DetailView):
    """Asks, and then deletes a page for ever."""

    template_name = "removal/remove_for_good.html"
    page_title = "Remove for good"
    header_icon = "bin"

    def get_object(self, queryset=None):
        """Return what was removed."""
        return self.removal

    def get_context_data(self, **kwargs):
        """Add how many pages stand below it."""
        return {**super().get_context_data(**kwargs), "below": self.removal.page.get_descendant_count()}

    def post(self, request, pk):
        """Delete it."""
        try:
            remove_for_good(self.removal, request.user)
        except StillNeeded:
            messages.error(
                request, f"“{self.removal.title}” can’t go yet: something on the site still needs it."
            )
        else:
            messages.success(request, f"“{self.removal.title}” is gone for good.")
        return redirect(LIST)
