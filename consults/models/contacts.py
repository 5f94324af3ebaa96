"""People who asked not to be contacted, as hashes that nobody can turn back."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class StoppedContact(models.Model):
    """One phone number or address that is not to be used. The whole hash, so that no stranger is blocked."""

    wagtail_reference_index_ignore = True

    digest = models.CharField(max_length=64, primary_key=True, editable=False)
    # Of the request in which they asked; it may be gone by now.
    reference = models.CharField(max_length=10, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"Stopped with {self.reference}"
