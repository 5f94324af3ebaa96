"""The doors of the inbox: these and no others."""

from django.urls import path
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from consults.permissions import can_read_requests

from .retry import RetryNoticesView
from .views import ClaimView, InboxView, NoteView, RequestView, StatusView


class FrontDeskMenuItem(MenuItem):
    """Stands in the menu of those who may read requests."""

    def is_shown(self, request):
        """Whether this user sees it."""
        return can_read_requests(request.user)


class ConsultRequestViewSet(ViewSet):
    """Inbox, detail and four actions. No adding, deleting, copying, exporting, searching."""

    name = "consult_requests"
    url_prefix = "requests"
    icon = "mail"
    menu_label = "Requests"
    menu_name = "consult-requests"
    menu_order = 90
    add_to_admin_menu = True
    menu_item_class = FrontDeskMenuItem

    def get_urlpatterns(self):
        """Return the addresses below /admin/requests/."""
        return [
            path("", InboxView.as_view(), name="index"),
            path("results/", InboxView.as_view(results_only=True), name="index_results"),
            path("notices/retry/", RetryNoticesView.as_view(), name="retry_notices"),
            path("<int:pk>/", RequestView.as_view(), name="detail"),
            path("<int:pk>/claim/", ClaimView.as_view(), name="claim"),
            path("<int:pk>/status/", StatusView.as_view(), name="status"),
            path("<int:pk>/note/", NoteView.as_view(), name="note"),
        ]
