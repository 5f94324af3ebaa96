"""The door to the form of staff."""

from django.urls import path
from wagtail.admin.viewsets.base import ViewSet

from .views import StaffEntryView


class StaffEntryViewSet(ViewSet):
    """One address, reached from the inbox."""

    name = "consult_entry"
    url_prefix = "requests-by-phone"

    def get_urlpatterns(self):
        """Return the address."""
        return [path("", StaffEntryView.as_view(), name="index")]
