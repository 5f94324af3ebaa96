"""The doors to what every page says, in the menu of managers."""

from django.urls import path

from consults.admin_pages import MenuViewSet
from consults.permissions import can_guard_facts

from .views import ChangeView, EveryPageView, VersionView


class EveryPageViewSet(MenuViewSet):
    """What counts with its history, the form, and each version."""

    name = "every_page"
    url_prefix = "every-page"
    icon = "globe"
    menu_label = "On every page"
    menu_name = "every-page"
    menu_order = 97
    is_allowed = staticmethod(can_guard_facts)

    def get_urlpatterns(self):
        """Return the addresses below /admin/every-page/."""
        return [
            path("", EveryPageView.as_view(), name="index"),
            path("change/", ChangeView.as_view(), name="change"),
            path("<int:number>/", VersionView.as_view(), name="version"),
        ]
