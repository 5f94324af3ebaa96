"""Fields of this project that do a little more than the ones they extend."""

from modelcluster.fields import ParentalManyToManyField as ClusterManyToManyField
from wagtail.fields import StreamField as WagtailStreamField


class StreamField(WagtailStreamField):
    """A StreamField that keeps its block definitions out of migrations.

    Editing a block then needs no migration. Data migrations must treat the value as plain JSON.
    """

    def __init__(self, block_types=(), *args, **kwargs):
        super().__init__(block_types, *args, **kwargs)

    def deconstruct(self):
        """Return the field without its blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class ParentalManyToManyField(ClusterManyToManyField):
    """A choice of several whose uses Wagtail knows of, so that deleting one says where it is used."""

    def extract_references(self, value):
        """Yield what was chosen: model, key and the place, twice."""
        for chosen in value:
            yield type(chosen), str(chosen.pk), "item", str(chosen.pk)

    def deconstruct(self):
        """Return the field as the one it extends: to the database it is the same."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "modelcluster.fields.ParentalManyToManyField", args, kwargs
