"""The doors of the reports: these and no others."""

from django.urls import path

from consults.admin_pages import MenuViewSet
from consults.permissions import can_read_reports

from .views import ReportsView, TableView


class ConsultReportsViewSet(MenuViewSet):
    """The page, and each of its tables as a file."""

    name = "consult_reports"
    url_prefix = "consult-reports"
    icon = "table"
    menu_label = "Reports on requests"
    menu_name = "consult-reports"
    menu_order = 95
    is_allowed = staticmethod(can_read_reports)

    def get_urlpatterns(self):
        """Return the addresses below /admin/consult-reports/."""
        return [
            path("", ReportsView.as_view(), name="index"),
            path("<slug:name>.csv", TableView.as_view(), name="table"),
        ]
