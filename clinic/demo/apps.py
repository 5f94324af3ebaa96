"""The demo site."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo site; it may know every app, and none may know it."""

    name = "clinic.demo"
    label = "demo"
