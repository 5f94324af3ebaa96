"""What the people of the clinic register with Wagtail."""

from wagtail import hooks

from .due import licence_kinds
from .listing import PersonList


@hooks.register("construct_due")
def add_licences():
    """Say which licences fall due."""
    return licence_kinds()


@hooks.register("register_admin_viewset")
def register_list():
    """Add the list of people."""
    return PersonList()
