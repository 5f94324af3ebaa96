"""A table of its own, made by ``migrate --run-syncdb``."""

from django.db import models


class Row(models.Model):
    """One thing that was sent."""

    text = models.CharField(max_length=40)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.text
