"""The doors of the reports: these and no others."""

from django.urls import path
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from consults.permissions import can_read_reports

from .views import ReportsView, TableView


class ReportsMenuItem(MenuItem):
    """Stands in the menu of those who may read the reports."""

    def is_shown(self, request):
        """Whether this user sees it."""
        return can_read_reports(request.user)


class ConsultReportsViewSet(ViewSet):
    """The page, and each of its tables as a file."""

    name = "consult_reports"
    url_prefix = "consult-reports"
    icon = "table"
    menu_label = "Reports on requests"
    menu_name = "consult-reports"
    menu_order = 95
    add_to_admin_menu = True
    menu_item_class = ReportsMenuItem

    def get_urlpatterns(self):
        """Return the addresses below /admin/consult-reports/."""
        return [
            path("", ReportsView.as_view(), name="index"),
            path("<slug:name>.csv", TableView.as_view(), name="table"),
        ]
