"""Posts about treatment and what surrounds it."""

from django.apps import AppConfig


class BlogConfig(AppConfig):
    """Posts about treatment and what surrounds it."""

    name = "blog"

    def ready(self):
        """Offer the newest posts to the pages that show them."""
        from . import newest  # noqa: F401
