"""Configuration of the staff's accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """How staff sign in, with what, and for how long."""

    name = "clinic.accounts"
    label = "accounts"
    verbose_name = "accounts of staff"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Listen to what is told of accounts and second factors."""
        from . import session_signals, signals  # noqa: F401
