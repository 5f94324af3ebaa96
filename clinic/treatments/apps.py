"""What the clinic offers, compares and charges."""

from django.apps import AppConfig


class TreatmentsConfig(AppConfig):
    """What the clinic offers, compares and charges."""

    name = "clinic.treatments"
    label = "treatments"
