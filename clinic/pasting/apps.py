"""The app's name for Django."""

from django.apps import AppConfig


class PastingConfig(AppConfig):
    """Pasting from Word, Docs, mail, sheets and pages."""

    name = "clinic.pasting"
