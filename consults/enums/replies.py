"""The ways in which the front desk says something that was prepared."""

from django.db import models


class ReplyChannel(models.TextChoices):
    """Where a reply template is used."""

    CALL = "call", "On the phone"
    VOICEMAIL = "voicemail", "Voicemail, without the clinic's name"
    VOICEMAIL_NAMED = "voicemail_named", "Voicemail, with the clinic's name"
    TEXT = "text", "Text message"
    EMAIL = "email", "E-mail"
