"""The time zones of the United States that a clinic can be in."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

TIME_ZONE_CHOICES = [
    ("America/New_York", _("Eastern time")),
    ("America/Chicago", _("Central time")),
    ("America/Denver", _("Mountain time")),
    ("America/Phoenix", _("Mountain time, Arizona")),
    ("America/Los_Angeles", _("Pacific time")),
    ("America/Anchorage", _("Alaska time")),
    ("Pacific/Honolulu", _("Hawaii time")),
    ("America/Puerto_Rico", _("Atlantic time, Puerto Rico")),
]


def default_time_zone():
    """Return the zone of the Django settings."""
    return settings.TIME_ZONE
