"""What is agreed for an appointment, and what became of it."""

from django.db import models


class Manner(models.TextChoices):
    """How somebody is seen."""

    IN_PERSON = "in_person", "In person"
    PHONE = "phone", "By phone"
    VIDEO = "video", "By video"


class AppointmentState(models.TextChoices):
    """What became of an appointment."""

    PLANNED = "planned", "Planned"
    # Another row holds what was agreed instead.
    MOVED = "moved", "Moved"
    CORRECTED = "corrected", "Corrected"
    CANCELLED = "cancelled", "Cancelled"
    CAME = "came", "Came"
    NO_SHOW = "no_show", "Did not come"


# Of these another row took the place.
REPLACED_STATES = [AppointmentState.MOVED, AppointmentState.CORRECTED]
# In these nobody is expected, or was seen.
OFF_STATES = [AppointmentState.CANCELLED, AppointmentState.NO_SHOW]
