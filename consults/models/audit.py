"""The audit: a chain of events that shows when one was changed, removed, put in or put elsewhere."""

from django.conf import settings
from django.db import models

from consults.enums import AuditAction, Purpose


class AuditEvent(models.Model):
    """Who did what to which requests; never what was in them. The database refuses any change."""

    wagtail_reference_index_ignore = True

    seq = models.PositiveBigIntegerField(primary_key=True, editable=False)
    at = models.DateTimeField(editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    # As the actor was called then.
    actor_name = models.CharField(max_length=150, blank=True, editable=False)
    action = models.CharField(max_length=12, choices=AuditAction, editable=False)
    purpose = models.CharField(max_length=12, choices=Purpose, blank=True, editable=False)
    # References, blank between them.
    references = models.TextField(blank=True, editable=False)
    detail = models.CharField(max_length=200, blank=True, editable=False)
    previous_mac = models.CharField(max_length=64, editable=False)
    mac = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["-seq"]
        verbose_name = "audit event"
        default_permissions = ("view",)
        # For the weekly digest and for counting wrong passwords, both by time.
        indexes = [models.Index(fields=["at"], name="audit_at")]

    def __str__(self):
        return f"{self.seq}: {self.get_action_display()}"


class AuditTail(models.Model):
    """The one row that whoever appends has to hold, so that no two events follow the same one."""

    wagtail_reference_index_ignore = True

    seq = models.PositiveBigIntegerField(default=0)
    mac = models.CharField(max_length=64, blank=True)
    # Where two events stand that are asked for often: by which rows of release 0.1.0 were taken over, and how
    # the triggers last stood. What they say counts, not that they are named here.
    adopted_seq = models.PositiveBigIntegerField(null=True)
    protect_seq = models.PositiveBigIntegerField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"Audit up to {self.seq}"
