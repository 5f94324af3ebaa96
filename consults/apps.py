"""Everything about consultation requests."""

from django.apps import AppConfig


class ConsultsConfig(AppConfig):
    """Sealing, intake, workflow, triage and notices of consultation requests."""

    name = "consults"
    verbose_name = "Consultation requests"
