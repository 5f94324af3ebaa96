"""What people can agree to: each on its own, none of it taken for granted."""

from django.db import models


class ConsentPurpose(models.TextChoices):
    """One purpose of one tick."""

    CONTACT = "contact", "Be contacted"
    TEXTING = "texting", "Be texted"
    VOICEMAIL = "voicemail", "Have a voicemail left"
    VOICEMAIL_NAME = "voicemail_name", "Have the clinic named in a voicemail"
