"""What accounts register with Wagtail."""

from django.urls import path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .bulk_actions import ACTIONS
from .roles_page import RolesView

# After Wagtail's own, whose places these take.
for action in ACTIONS:
    hooks.register("register_bulk_action", action, order=100)


@hooks.register("register_admin_urls")
def register_roles():
    """Add the page on roles, for everybody who comes in."""
    return [path("roles/", RolesView.as_view(), name="what_may_i_do")]


@hooks.register("register_help_menu_item")
def add_roles_to_help():
    """Lead there from the help."""
    return MenuItem("What may I do?", reverse_lazy("what_may_i_do"), icon_name="key", order=900)
