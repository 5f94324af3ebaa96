"""What is left of requests for the figures: buckets, and no way back to a request or a person."""

import uuid

from django.db import models

from consults.enums import Campaign, HeardFrom, SourceSection


class FunnelRow(models.Model):
    """One removed request, as the release before wrote it; the worker makes counts of what is left."""

    wagtail_reference_index_ignore = True

    # At random, so that the order of the rows tells nothing either.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    week = models.DateField(help_text="The Monday of the week in which it arrived.")
    source_section = models.CharField(max_length=12, choices=SourceSection)
    campaign = models.CharField(max_length=12, choices=Campaign, blank=True)
    heard_from = models.CharField(max_length=12, choices=HeardFrom, blank=True)
    # As the clinic called it then; “unknown” where the contents could not be opened.
    treatment = models.CharField(max_length=120)
    outcome = models.CharField(max_length=16)
    # Opening minutes to the first attempt, rounded up to one of a few; empty where there was none.
    within_minutes = models.PositiveSmallIntegerField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["week"], name="funnel_week")]

    def __str__(self):
        return f"Week of {self.week}"


class UncountedRemoval(models.Model):
    """What is to be counted of one removed request, sealed until enough of them wait."""

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed = models.BinaryField(editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.pk)

    @property
    def place(self):
        """What its seal is bound to."""
        return f"removed/{self.pk}"


class FunnelCount(models.Model):
    """How many removed requests of a week asked about something, and whether they were booked.

    Nothing else: what more it said could be compared with what stays of a request.
    """

    wagtail_reference_index_ignore = True

    # At random, so that the order of the rows tells nothing either.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    week = models.DateField(help_text="The Monday of the week in which they arrived.")
    treatment = models.CharField(max_length=120)
    is_booked = models.BooleanField()
    number = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["week", "treatment", "is_booked"], name="funnel_count_once")
        ]

    def __str__(self):
        return f"Week of {self.week}: {self.number}"
