"""Content checks: one list of what may not be said."""

from django.apps import AppConfig


class ContentChecksConfig(AppConfig):
    """Looks at what editors write; knows the core alone."""

    name = "clinic.content_checks"
    label = "content_checks"
    verbose_name = "Content checks"

    def ready(self):
        """Register the rule, and what the editor shows."""
        from . import notes, rules  # noqa: F401
