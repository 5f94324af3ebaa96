"""Emergency access: somebody without the right opens requests for a short time, loudly."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class EmergencyAccess(models.Model):
    """One time that somebody broke the glass, and why they say they did."""

    wagtail_reference_index_ignore = True

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    reason = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now, editable=False)
    until = models.DateTimeField(editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["-at"]

    def __str__(self):
        return f"Emergency access of {self.user}"
