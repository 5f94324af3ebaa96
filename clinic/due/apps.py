"""What falls due on the site."""

from django.apps import AppConfig


class DueConfig(AppConfig):
    """The page of editors on which all that is due stands, and the mails about it."""

    name = "clinic.due"
    label = "due"
    verbose_name = "Due"
