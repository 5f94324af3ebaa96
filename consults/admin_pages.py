"""What the pages of staff have in common in Wagtail's admin: their place in the menu and the way to them."""

from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

DESK = {"url": reverse_lazy("consult_requests:index"), "label": "The desk"}
ALL_REQUESTS = {"url": reverse_lazy("consult_requests:all"), "label": "All requests"}


def way(*before, here):
    """Return the breadcrumbs of a page: those before it, and its own name."""
    return [*before, {"url": "", "label": here}]


def step_to(consult):
    """Return the breadcrumb of a request."""
    return {"url": reverse("consult_requests:detail", args=[consult.pk]), "label": str(consult)}


class PageMixin(WagtailAdminTemplateMixin):
    """A page with Wagtail's breadcrumbs: `breadcrumbs_items` names those before it, `page_title` itself."""

    def get_breadcrumbs_items(self):
        """Return the way to this page."""
        return way(*self.breadcrumbs_items, here=self.get_page_title())

    def get_header_title(self):
        """Return none for Wagtail's unseen heading: these pages show theirs, and one is enough."""
        return ""

    def show_page(self, context, status=200):
        """Return the page."""
        return self.render_to_response(self.get_context_data(**context), status=status)


class MenuViewSet(ViewSet):
    """Doors with a place in the menu of those who may come in."""

    is_allowed = staticmethod(lambda user: False)
    add_to_admin_menu = True

    @cached_property
    def menu_item_class(self):
        """Return the place in the menu, as Wagtail's view sets of models make theirs."""
        is_shown = {"is_shown": lambda _item, request: self.is_allowed(request.user)}
        return type(f"{type(self).__name__}MenuItem", (MenuItem,), is_shown)
