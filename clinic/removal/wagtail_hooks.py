"""What this part registers with Wagtail."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from clinic.core.removed_pages import without_removed

from . import broken, confirming  # noqa: F401 (broken adds to lists of others)
from .broken import RIGHT
from .bulk_actions import MovePillarsAloneAction, RemoveBulkAction, UnpublishPillarsAloneAction
from .not_found.views import RIGHT as RIGHT_OF_NOT_FOUND
from .not_found.views import LeaveView, NotFoundView
from .redirects.views import ADDRESSES
from .views import BrokenLinksView, RemovedPagesView, RemoveForGoodView, RestoreView

hooks.register("before_delete_page", confirming.ask_and_remove)
hooks.register("before_unpublish_page", confirming.refuse_slip)
hooks.register("before_move_page", confirming.refuse_slip)
hooks.register("after_edit_page", confirming.warn_before_it_goes)
hooks.register("before_bulk_action", confirming.send_several_to_removed)
for name in ("before_edit_page", "before_copy_page", "before_create_page", "before_convert_alias_page"):
    hooks.register(name, confirming.send_to_removed)

# After Wagtail's own of the same names, and so instead of them.
for action in (RemoveBulkAction, UnpublishPillarsAloneAction, MovePillarsAloneAction):
    hooks.register("register_bulk_action", action, order=10)


@hooks.register("construct_explorer_page_queryset")
def explore_without_removed(parent_page, pages, request):
    """Show no removed page in the explorer."""
    return without_removed(pages)


@hooks.register("construct_page_chooser_queryset")
def choose_without_removed(pages, request):
    """Let nobody choose one."""
    return without_removed(pages)


# Before Wagtail's own of the same addresses.
hooks.register("register_admin_urls", lambda: ADDRESSES, order=-1)


class ReportItem(MenuItem):
    """Shown to whoever has a right."""

    def __init__(self, *args, right, **kwargs):
        super().__init__(*args, **kwargs)
        self.right = right

    def is_shown(self, request):
        """Whether this person has it."""
        return request.user.has_perm(self.right)


@hooks.register("register_reports_menu_item")
def add_removed_pages():
    """Put them among Wagtail's reports."""
    return ReportItem(
        "Removed pages",
        reverse("removed_pages"),
        name="removed-pages",
        icon_name="bin",
        order=760,
        right=RIGHT,
    )


@hooks.register("register_reports_menu_item")
def add_broken_links():
    """Put these there as well."""
    return ReportItem(
        "Broken links",
        reverse("broken_links"),
        name="broken-links",
        icon_name="link-external",
        order=770,
        right=RIGHT,
    )


@hooks.register("register_reports_menu_item")
def add_not_found():
    """Put the addresses that visitors didn't get beside them."""
    return ReportItem(
        "Addresses not found",
        reverse("not_found"),
        name="not-found",
        icon_name="warning",
        order=780,
        right=RIGHT_OF_NOT_FOUND,
    )


@hooks.register("register_admin_urls")
def add_addresses():
    """Serve the pages."""
    return [
        path("broken-links/", BrokenLinksView.as_view(), name="broken_links"),
        path("not-found/", NotFoundView.as_view(), name="not_found"),
        path("not-found/<int:pk>/leave/", LeaveView.as_view(), name="leave_not_found"),
        path("removed-pages/", RemovedPagesView.as_view(), name="removed_pages"),
        path("removed-pages/<int:pk>/restore/", RestoreView.as_view(), name="restore_page"),
        path("removed-pages/<int:pk>/for-good/", RemoveForGoodView.as_view(), name="remove_page_for_good"),
    ]
