"""What the people of the clinic register with Wagtail."""

from wagtail import hooks

from .listing import PersonList


@hooks.register("register_admin_viewset")
def register_list():
    """Add the list of people."""
    return PersonList()
