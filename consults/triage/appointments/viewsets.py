"""The lists of appointments in the menu, beside the desk."""

from django.urls import path

from consults.admin_pages import MenuViewSet
from consults.permissions import can_read_requests

from .listing import AppointmentsView


class AppointmentsViewSet(MenuViewSet):
    """The list by day and week. What is done to one stands among the doors of its request."""

    name = "consult_appointments"
    url_prefix = "appointments"
    icon = "calendar-alt"
    menu_label = "Appointments"
    menu_name = "consult-appointments"
    menu_order = 91
    is_allowed = staticmethod(can_read_requests)

    def get_urlpatterns(self):
        """Return the address of the list."""
        return [path("", AppointmentsView.as_view(), name="index")]
