"""Mails to one person about their account. What a link in them opens is kept as a hash alone."""

from django.conf import settings
from django.db import models

from .email_changes import EmailChange


class AccountMail(models.Model):
    """A mail that waits or went out. Its link is made when it goes out, and counts once, for a time."""

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        """What it is about."""

        RESET = "reset", "A new password"
        EMAIL_OLD = "email_old", "Does the old mailbox agree?"
        EMAIL_NEW = "email_new", "Does the new mailbox agree?"
        EMAIL_WAS = "email_was", "It is another address now"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField()
    change = models.ForeignKey(EmailChange, on_delete=models.CASCADE, null=True, related_name="mails")
    asked_at = models.DateTimeField()
    # When the link is good no more; what hasn't gone out by then is not sent.
    ends_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True)
    link_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    used_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.kind} {self.pk}"
