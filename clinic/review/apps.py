"""Medical review."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Who checked which text when, and the rule that nothing medical goes live without."""

    name = "clinic.review"
    label = "review"
    verbose_name = "Medical review"

    def ready(self):
        """Register the rule."""
        from . import rules  # noqa: F401
