"""What is remembered of a removed page until it comes back or goes for good."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Removal(models.Model):
    """A page that was removed together with the pages below it, and where it stood."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey("wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=255)
    slug = models.CharField(max_length=255)
    address = models.CharField(max_length=1000, blank=True)
    # Which of its pages readers could see, and as which version: pairs of keys.
    was_live = models.JSONField(default=list)
    removed_at = models.DateTimeField(default=timezone.now, db_index=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    # It is no place that readers get to.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "removed page"
        ordering = ["-removed_at", "-pk"]
        default_permissions = ("view",)

    def __str__(self):
        return self.title


class NotFoundAddress(models.Model):
    """An address that visitors asked for and didn't get. Nothing here says who, or when but for the day."""

    address = models.CharField(max_length=255, unique=True)
    # How often, for each of the last days.
    days = models.JSONField(default=dict)
    last_day = models.DateField(db_index=True)
    # Somebody looked at it, and nothing is to be done.
    is_left = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = "address not found"
        verbose_name_plural = "addresses not found"
        ordering = ["address"]
        # Nobody writes it by hand.
        default_permissions = ("view",)

    def __str__(self):
        return self.address
