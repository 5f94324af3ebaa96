"""The people of the clinic."""

from django.apps import AppConfig


class TeamConfig(AppConfig):
    """The people of the clinic."""

    name = "clinic.team"
    label = "team"
