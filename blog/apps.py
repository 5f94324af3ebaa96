"""Posts about treatment and what surrounds it."""

from django.apps import AppConfig


class BlogConfig(AppConfig):
    """Posts about treatment and what surrounds it."""

    name = "blog"
