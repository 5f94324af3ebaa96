"""People who asked not to be contacted, as hashes that nobody can turn back."""

from django.conf import settings
from django.db import models
from django.utils import timezone

# With what it is called, it has room in the audit.
LONGEST_REASON = 180


class StoppedContactQuerySet(models.QuerySet):
    """Stops as whoever is about to contact somebody meets them."""

    def in_force(self):
        """Leave out what a manager lifted."""
        return self.filter(lifted_at=None)


class StoppedContact(models.Model):
    """One phone number or address that is not to be used. The whole hash, so that no stranger is blocked.

    One that was lifted stays, and says by whom and why, until somebody asks us to stop again.
    """

    wagtail_reference_index_ignore = True

    digest = models.CharField(max_length=64, primary_key=True, editable=False)
    # Of the request in which they asked, which may be gone by now; empty where there was none.
    reference = models.CharField(max_length=10, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    lifted_at = models.DateTimeField(null=True, blank=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    lift_reason = models.CharField(
        max_length=LONGEST_REASON, blank=True, default="", db_default="", editable=False
    )

    objects = StoppedContactQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"Stopped with {self.reference}"
