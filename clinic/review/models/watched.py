"""What the worker found when it looked whether live pages still hold."""

from django.db import models
from wagtail.models import Page


class WatchedPage(models.Model):
    """A live page, when it was last looked at, and what spoke against it then, one reason to a line."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+")
    looked_at = models.DateTimeField(db_index=True)
    reasons = models.TextField(blank=True)

    class Meta:
        verbose_name = "live page as it was found"
        default_permissions = ("view",)

    def __str__(self):
        return str(self.page_id)
