"""Wagtail's app of users with forms of ours. Named in the settings in place of Wagtail's own."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """Users and groups of the site's pages; nobody gets a right over requests here."""

    default = False
    user_viewset = "clinic.accounts.user_views.UserViewSet"
    group_viewset = "clinic.accounts.group_views.GroupViewSet"
