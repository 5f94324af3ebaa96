"""What is due, as editors see it."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .finding import find_due, only_of, people_in, today

RIGHT = "due.view_duemail"


class DueView(WagtailAdminTemplateMixin, PermissionRequiredMixin, TemplateView):
    """All that is due and who answers for it; with ``?mine`` what the reader answers for."""

    permission_required = RIGHT
    raise_exception = True
    template_name = "due/due.html"
    page_title = "Due"
    header_icon = "calendar-check"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self):
        """Say where one is."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add the kinds, each with its rows, and the people by their keys."""
        found, is_mine = find_due(), "mine" in self.request.GET
        people = people_in(found)
        if is_mine:
            found = only_of(found, self.request.user.pk)
        now = today()
        sections = [(one, [(item, people.get(item.account)) for item in one.items]) for one in found]
        return {**super().get_context_data(**kwargs), "sections": sections, "is_mine": is_mine, "today": now}

    def handle_no_permission(self):
        """Answer as Wagtail does."""
        raise PermissionDenied
