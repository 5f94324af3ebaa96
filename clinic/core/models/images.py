"""Pictures: nothing of the camera or the uploader's disk survives an upload."""

import uuid

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from clinic.core.photographs import without_metadata


class ClinicImage(AbstractImage):
    """An image whose file was re-encoded without metadata and renamed."""

    admin_form_fields = Image.admin_form_fields

    def get_upload_to(self, filename):
        """Return a path that tells nothing of the original file's name."""
        suffix = filename.rpartition(".")[2].lower()
        return super().get_upload_to(f"{uuid.uuid4().hex}.{suffix}")

    def save(self, *args, **kwargs):
        """Clean a newly given file before it reaches the storage."""
        if self.file and not self.file._committed:
            self.file = without_metadata(self.file)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)


class ClinicRendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(ClinicImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]
