"""Mail that has to go out. A row is made with the change it tells of, and sent by the worker."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

# Longer than the slowest mail server may take, so that nobody else sends the same row meanwhile.
LEASE = timedelta(seconds=60)


class OutboxQuerySet(models.QuerySet):
    """Rows as the worker meets them."""

    def due(self, now):
        """Keep what is to be sent now and what nobody is sending."""
        return self.filter(
            Q(lease_until__isnull=True) | Q(lease_until__lt=now),
            sent_at__isnull=True,
            dead_at__isnull=True,
            next_attempt_at__lte=now,
        ).order_by("next_attempt_at")

    def lease(self, message, now):
        """Take a row for the time of one attempt; False when somebody else was faster."""
        taken = self.due(now).filter(pk=message.pk).order_by()
        return taken.update(lease_until=now + LEASE, attempts=F("attempts") + 1) == 1


class OutboxMessage(models.Model):
    """One mail. It names a template and a kind of recipient: no address, no content."""

    wagtail_reference_index_ignore = True

    class Template(models.TextChoices):
        """What is said."""

        STAFF_NOTICE = "staff_notice", "A request waits"
        PATIENT_COPY = "patient_copy", "Copy for the person who asked"
        ESCALATION = "escalation", "A request waits too long"

    class Recipient(models.TextChoices):
        """To whom it is said."""

        STAFF = "staff", "Staff"
        PATIENT = "patient", "The person who asked"
        OWNER = "owner", "Owner"
        CANARY = "canary", "The site itself"

    # Stays the same over all attempts and becomes the Message-ID: mail programs drop doubles.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    template = models.CharField(max_length=20, choices=Template)
    recipient = models.CharField(max_length=10, choices=Recipient)
    reference = models.CharField(max_length=10)
    created_at = models.DateTimeField(default=timezone.now)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    dead_at = models.DateTimeField(null=True, blank=True)
    # The name of the error's class: its text may repeat an address.
    last_error = models.CharField(max_length=80, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(sent_at__isnull=True, dead_at__isnull=True),
                name="outbox_due",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["template", "reference", "recipient"], name="outbox_once"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(dead_at__isnull=True), name="outbox_sent_or_dead"
            ),
        ]

    def __str__(self):
        return f"{self.template} {self.reference}"
