"""Views of the list that somebody kept: a name for a set of filters."""

from django.conf import settings
from django.db import models

NAME_LENGTH = 60


class SavedViewQuerySet(models.QuerySet):
    """Views as a member of staff meets them."""

    def visible_to(self, user):
        """Keep the user's own and what colleagues who are still here share; a file is no view of the list."""
        shared = models.Q(is_shared=True, owner__is_active=True)
        return (
            self.filter(models.Q(owner=user) | shared, file="").select_related("owner").order_by("name", "pk")
        )

    def files_of(self, user):
        """Keep what a user kept to make a file with."""
        return self.filter(owner=user).exclude(file="").order_by("name", "pk")


class SavedView(models.Model):
    """One view. It holds codes of clear columns alone, written by the filters themselves."""

    wagtail_reference_index_ignore = True

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", editable=False
    )
    name = models.CharField(max_length=NAME_LENGTH)
    # As it stands in the address of the list.
    query = models.CharField(max_length=400, blank=True, editable=False)
    is_shared = models.BooleanField(default=False)
    # Which columns of it stand in which kind of file, as the form of exports writes it; empty: a view of the
    # list.
    file = models.CharField(max_length=400, blank=True, default="", db_default="", editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_once")]

    def __str__(self):
        return self.name
