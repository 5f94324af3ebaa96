"""The desk of editors: where their day begins."""

from django.apps import AppConfig


class EditingConfig(AppConfig):
    """The start page of editors."""

    name = "clinic.editing"
    label = "editing"
    verbose_name = "Editing"
