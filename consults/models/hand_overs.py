"""What one shift says to the next."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class HandOverQuerySet(models.QuerySet):
    """Hand-overs as the front desk meets them."""

    def newest_first(self):
        """Order by time, with who wrote and who took over; the key makes the order certain."""
        return self.select_related("written_by", "taken_by").order_by("-written_at", "-pk")

    def waiting(self):
        """Keep those that nobody has taken over, written since the last one that somebody did; oldest first.

        At the end of one shift two people may write: neither takes the place of the other.
        """
        taken_since = HandOver.objects.filter(
            taken_at__isnull=False, written_at__gt=models.OuterRef("written_at")
        )
        waits = self.filter(models.Q(taken_at=None) & ~models.Exists(taken_since))
        return waits.select_related("written_by").order_by("written_at", "pk")


class HandOver(models.Model):
    """One sentence, sealed in an envelope of its own, since it belongs to no request."""

    wagtail_reference_index_ignore = True

    # Known before it is stored, because sealing binds the two.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    sealed = models.BinaryField(editable=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    taken_at = models.DateTimeField(null=True, editable=False)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["written_at"], name="hand_over_written")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taken_by=None, taken_at=None)
                | models.Q(taken_by__isnull=False, taken_at__isnull=False),
                name="hand_over_taken_by_somebody",
            )
        ]

    def __str__(self):
        return f"Hand-over {self.pk}"
