"""The answers of the form that are chosen from a list. Their labels are read by patients."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Locale(models.TextChoices):
    """The languages of the form, each named in itself."""

    EN = "en", "English"
    ES = "es", "Español"


class ContactWay(models.TextChoices):
    """How somebody wants to be reached; sealed, and in clear for the list of the desk."""

    CALL = "call", _("Call me")
    TEXT = "text", _("Text me")
    EMAIL = "email", _("E-mail me")


class CallWindow(models.IntegerChoices):
    """When somebody can be called, by the clock of their time zone; one bit each."""

    WEEKDAY_MORNING = 1, _("Weekday morning, 8 to 12")
    WEEKDAY_MIDDAY = 2, _("Weekday midday, 12 to 2")
    WEEKDAY_AFTERNOON = 4, _("Weekday afternoon, 2 to 5")
    WEEKDAY_EVENING = 8, _("Weekday evening, 5 to 8")
    WEEKEND_MORNING = 16, _("Weekend morning, 8 to 12")
    WEEKEND_MIDDAY = 32, _("Weekend midday, 12 to 2")
    WEEKEND_AFTERNOON = 64, _("Weekend afternoon, 2 to 5")
    WEEKEND_EVENING = 128, _("Weekend evening, 5 to 8")


class ForWhom(models.TextChoices):
    """Who the consultation is for; sealed."""

    ME = "me", _("For me")
    SOMEBODY_ELSE = "else", _("For someone else")


class Age(models.TextChoices):
    """Whether the person the consultation is for is an adult; sealed."""

    ADULT = "adult", pgettext_lazy("18 or over", "Yes")
    MINOR = "minor", pgettext_lazy("18 or over", "No")


class HeardFrom(models.TextChoices):
    """How somebody heard of the clinic: a coarse bucket, stored in clear."""

    UNSAID = "", _("I'd rather not say")
    SEARCH = "search", _("Searching the web")
    CLINICIAN = "clinician", _("A doctor or therapist")
    PERSON = "person", _("Somebody I know")
    SOCIAL = "social", _("Social media")
    EVENT = "event", _("A talk or an event")
    ELSEWHERE = "elsewhere", _("Somewhere else")


class Topic(models.TextChoices):
    """What somebody wants to talk about besides the treatments; sealed, as it can tell of health."""

    UNSURE = "unsure", _("Not sure, or I'd rather talk")
    COST = "cost", _("Cost and paying")
