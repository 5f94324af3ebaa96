"""What is left of requests for the figures: buckets, and no way back to a request or a person."""

import uuid

from django.db import models

from consults.enums import Campaign, HeardFrom, SourceSection


class FunnelRow(models.Model):
    """One request whose contents were removed. It knows neither reference nor day."""

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
