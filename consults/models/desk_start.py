"""How the desk starts, as managers chose."""

from django.db import models


class DeskStart(models.Model):
    """The one row of it. Who chose it and when stands in the audit."""

    wagtail_reference_index_ignore = True

    with_names = models.BooleanField(default=False, db_default=False)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="desk_start_once")]

    def __str__(self):
        return "The desk starts with names" if self.with_names else "The desk starts with references"
