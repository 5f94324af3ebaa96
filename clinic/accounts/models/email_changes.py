"""An address that somebody wants to change: it waits until both mailboxes agreed."""

from django.conf import settings
from django.db import models


class EmailChange(models.Model):
    """One wish. It ends when it is done, stopped, replaced by another, or too old."""

    wagtail_reference_index_ignore = True

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    old_address = models.EmailField()
    new_address = models.EmailField()
    asked_at = models.DateTimeField()
    old_agreed_at = models.DateTimeField(null=True)
    new_agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.pk)

    @property
    def is_agreed(self):
        """Whether every mailbox there is agreed."""
        return bool(self.new_agreed_at and (self.old_agreed_at or not self.old_address))
