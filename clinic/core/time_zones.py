"""The time zones of the United States that a clinic can be in."""

from django.conf import settings
from django.utils.translation import gettext_noop

TIME_ZONE_CHOICES = [
    ("America/New_York", gettext_noop("Eastern time")),
    ("America/Chicago", gettext_noop("Central time")),
    ("America/Denver", gettext_noop("Mountain time")),
    ("America/Phoenix", gettext_noop("Mountain time, Arizona")),
    ("America/Los_Angeles", gettext_noop("Pacific time")),
    ("America/Anchorage", gettext_noop("Alaska time")),
    ("Pacific/Honolulu", gettext_noop("Hawaii time")),
    ("America/Puerto_Rico", gettext_noop("Atlantic time, Puerto Rico")),
]


def default_time_zone():
    """Return the zone of the Django settings."""
    return settings.TIME_ZONE
