"""The number of what the public sees at present."""

from django.db import models


class Generation(models.Model):
    """One row. Triggers of the database count it up with every change that can show in public."""

    number = models.BigIntegerField(db_default=1)

    class Meta:
        verbose_name = "generation of the public pages"
        # Nobody edits it.
        default_permissions = ()

    def __str__(self):
        return str(self.number)
