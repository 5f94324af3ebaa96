"""What every part of the site may import; it imports none of them."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Pages, blocks, facts and look that all site apps share."""

    name = "clinic.core"
    label = "core"
    verbose_name = "Clinic"

    def ready(self):
        """Connect the signals that keep copies fresh."""
        from . import signals  # noqa: F401
