"""The handbook: the project's own documents, open to staff where they work."""

from django.apps import AppConfig


class HandbookConfig(AppConfig):
    """The project's own documents, in the admin."""

    name = "clinic.handbook"
    label = "handbook"
