"""Where the clinic is and when it is open."""

from django.apps import AppConfig


class LocationsConfig(AppConfig):
    """Where the clinic is and when it is open."""

    name = "clinic.locations"
    label = "locations"
