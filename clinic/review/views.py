"""Live pages that don't hold, as staff see them."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.views.generic import ListView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .watching import not_holding

SEE_WHAT_FAILS = "review.view_watchedpage"


class NotHoldingView(WagtailAdminTemplateMixin, PermissionRequiredMixin, ListView):
    """The list, with what speaks against each."""

    permission_required = SEE_WHAT_FAILS
    raise_exception = True
    template_name = "review/not_holding.html"
    page_title = "Live, but not as it must be"
    header_icon = "warning"
    paginate_by = 50
    _show_breadcrumbs = True

    def get_queryset(self):
        """Return them with their pages."""
        return not_holding().select_related("page")

    def get_breadcrumbs_items(self):
        """Say where one is."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def handle_no_permission(self):
        """Answer as Wagtail does."""
        raise PermissionDenied
