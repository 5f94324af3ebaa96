"""The roles at the desk, and what takes two people."""

from django.db import models


class DeskRole(models.TextChoices):
    """A role that managers give; each is called like the group that follows it."""

    FRONT_DESK = "front_desk", "Front desk"
    CLINICIAN = "clinician", "Clinician"
    MANAGER = "manager", "Managers"
    AUDITOR = "auditor", "Auditors"


# Whoever has one of these can give rights, or look whether others misuse theirs.
GUARDED_ROLES = [DeskRole.MANAGER, DeskRole.AUDITOR]


class DecisionKind(models.TextChoices):
    """What one manager asks for, and a second one or a day later does."""

    GRANT = "grant", "Give a role"
    ERASE = "erase", "Remove the contents"
    LIFT_STOP = "lift_stop", "Let somebody be contacted again"
    RELEASE = "release", "No longer keep contents beyond their time"
    FACTOR = "factor", "Give back a lost second factor"
