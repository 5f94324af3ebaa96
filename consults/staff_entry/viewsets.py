"""The doors to the form of staff."""

from django.urls import path
from wagtail.admin.viewsets.base import ViewSet

from .views import EarlierView, StaffEntryView


class StaffEntryViewSet(ViewSet):
    """The form, reached from the inbox, and what its script asks."""

    name = "consult_entry"
    url_prefix = "requests-by-phone"

    def get_urlpatterns(self):
        """Return the addresses."""
        return [
            path("", StaffEntryView.as_view(), name="index"),
            path("earlier/", EarlierView.as_view(), name="earlier"),
        ]
