"""The time zones of the United States that a clinic can be in."""

from django.conf import settings

TIME_ZONE_CHOICES = [
    ("America/New_York", "Eastern time"),
    ("America/Chicago", "Central time"),
    ("America/Denver", "Mountain time"),
    ("America/Phoenix", "Mountain time, Arizona"),
    ("America/Los_Angeles", "Pacific time"),
    ("America/Anchorage", "Alaska time"),
    ("Pacific/Honolulu", "Hawaii time"),
    ("America/Puerto_Rico", "Atlantic time, Puerto Rico"),
]


def default_time_zone():
    """Return the zone of the Django settings."""
    return settings.TIME_ZONE
