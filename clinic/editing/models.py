"""What the desk of editors keeps."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class DraftLink(models.Model):
    """That somebody let others read the draft of a page for a time. Taken back, it is deleted."""

    # Not to be guessed from another one: together with the signature it is the secret of the address.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Without constraints, so that the release before can delete pages and accounts beside this table.
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, db_constraint=False, related_name="+"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    # It is no place that shows the page.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["expires_at", "pk"]

    def __str__(self):
        return f"Link to a draft until {self.expires_at:%Y-%m-%d}"
