"""What falls due: its page, its place in the menu and on the start page, and the kinds that all share."""

from django.urls import path, reverse
from django.utils.formats import date_format
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from clinic.core.start_page import MOST_ROWS, Row, start_section

from .finding import find_due, today
from .kinds import shared_kinds
from .views import RIGHT, DueView


class DueItem(MenuItem):
    """Shown to whoever may see the page."""

    def is_shown(self, request):
        """Whether this person may."""
        return request.user.has_perm(RIGHT)


@hooks.register("construct_due")
def add_shared_kinds():
    """Say what falls due of what all share."""
    return shared_kinds()


@hooks.register("register_admin_menu_item")
def add_to_menu():
    """Put the page into the menu."""
    return DueItem("Due", reverse("due"), name="due", icon_name="calendar-check", order=240)


@hooks.register("register_admin_urls")
def add_addresses():
    """Serve the page."""
    return [path("due/", DueView.as_view(), name="due")]


@start_section("Due", order=50)
def due_now(user):
    """What is over by its day, the longest first, for whoever may see the page."""
    if not user.has_perm(RIGHT):
        return []
    now = today()
    over = [
        (item.day, one.kind, item) for one in find_due() for item in one.items if item.day and item.day <= now
    ]
    first = sorted(over, key=lambda row: row[0])[: MOST_ROWS + 1]
    return [
        Row(item.title, item.address, f"{kind.heading}, since {date_format(day, 'DATE_FORMAT')}")
        for day, kind, item in first
    ]
