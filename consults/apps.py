"""Everything about consultation requests."""

from django.apps import AppConfig


class ConsultsConfig(AppConfig):
    """Sealing, intake, workflow, triage and notices of consultation requests."""

    name = "consults"
    verbose_name = "Consultation requests"

    def ready(self):
        """Keep the copies of facts and consent wordings fresh, and register what is checked at the start."""
        from clinic.core.facts import FACTS
        from clinic.core.snapshots import register_snapshot

        from . import checks  # noqa: F401
        from .consent_wordings import WORDINGS
        from .models import ConsentWording, GuardedFacts

        register_snapshot(FACTS, sources=(GuardedFacts,))
        register_snapshot(WORDINGS, sources=(ConsentWording,))
