"""What the handbook registers with Wagtail: its addresses and its places in the help menu."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .pages import MENU
from .views import document, picture


@hooks.register("register_admin_urls")
def add_addresses():
    """Serve the documents to whoever may enter the admin."""
    return [
        path("handbook/<slug:name>.md", document, name="handbook_document"),
        path("handbook/pictures/<str:name>", picture, name="handbook_picture"),
    ]


@hooks.register("construct_help_menu")
def show_our_own_handbook(request, items):
    """Put our documents first, and leave out what leads to another site."""
    items[:] = [*our_documents(), *(item for item in items if not item.url.startswith("https://"))]


def our_documents():
    """Return a menu item for each document, in their order."""
    return [
        MenuItem(
            label, reverse("handbook_document", args=[name]), name=name, icon_name="doc-full", order=place
        )
        for place, (name, label) in enumerate(MENU.items())
    ]
