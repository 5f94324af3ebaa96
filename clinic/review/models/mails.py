"""Mails about the review of pages."""

from django.conf import settings
from django.db import models


class ReviewMail(models.Model):
    """A mail that waits or went out: to whom, what it is about, and where in the admin it leads."""

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        """What it is about."""

        WAITS = "waits", "Something waits for you"
        ASKED = "asked", "Somebody asks you something"
        APPROVED = "approved", "It was approved"
        DECLINED = "declined", "It was declined"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=200)
    asked_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.kind} {self.pk}"
