"""Medical review."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Who checked which text when, and the rule that nothing medical goes live without."""

    name = "clinic.review"
    label = "review"
    verbose_name = "Medical review"

    def ready(self):
        """Register the rule, and take the places of Wagtail's mails, which name pages and can be lost."""
        from . import rules, shared_content  # noqa: F401
        from .workflow_signals import take_the_places_of_wagtails_mails

        take_the_places_of_wagtails_mails()
