"""What the word lists missed, as a bare count: no row leads to a request."""

import uuid

from django.db import models


class FlagMiss(models.Model):
    """Somebody read first what the lists should have put first. Only the week is kept."""

    wagtail_reference_index_ignore = True

    # At random, so that the order of the rows tells nothing either.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    week = models.DateField(help_text="The Monday of the week.")

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"Week of {self.week}"
