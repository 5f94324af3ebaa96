"""Pictures: nothing of the camera or the uploader's disk survives an upload, and no page waits for one."""

import logging
import uuid

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    Image,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)

from clinic.core.photographs import normalised

logger = logging.getLogger(__name__)

# The sizes of Wagtail's own lists, choosers and forms, seen by staff only.
# These alone are made when somebody asks for them.
SIZES_OF_THE_ADMIN = frozenset(
    {"max-150x150", "max-165x165", "max-400x400", "max-800x600", "fill-600x338", "original"}
)


class PictureFile(WagtailImageFieldFile):
    """The file of a picture: what is stored through it is normalised, whichever door it came by."""

    def save(self, name, content, save=True):
        """Store the normalised picture. Raises UnusablePicture."""
        picture = normalised(content)
        super().save(picture.name, picture, save)


class PictureField(WagtailImageField):
    """The field for it; for a migration it is Wagtail's."""

    attr_class = PictureFile

    def deconstruct(self):
        """Return the field as what it is for the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.images.models.WagtailImageField", args, kwargs


class ClinicImage(AbstractImage):
    """A picture whose file was normalised and renamed."""

    file = PictureField("file", upload_to=get_upload_to, width_field="width", height_field="height")
    # The worker tries again an hour later: a full disk passes, a damaged file doesn't.
    renditions_failed_at = models.DateTimeField(null=True, editable=False)

    # Wagtail's own "decorative" is of one use on one page, and this what a new use begins with.
    is_decorative = models.BooleanField(
        "decorative",
        default=False,
        db_default=False,
        help_text="Tick this if nobody misses anything who can’t see the picture.",
    )
    credit = models.CharField(
        max_length=150,
        blank=True,
        default="",
        db_default="",
        help_text="Who made the picture. It stands below it in a text.",
    )

    admin_form_fields = (
        *Image.admin_form_fields[:3],
        "is_decorative",
        "credit",
        *Image.admin_form_fields[3:],
    )

    @property
    def default_alt_text(self):
        """What somebody wrote about the picture; a title is no description, and may be a file's name."""
        return "" if self.is_decorative else self.description

    def get_upload_to(self, filename):
        """Return a path that tells nothing of the original file's name."""
        suffix = filename.rpartition(".")[2].lower()
        return super().get_upload_to(f"{uuid.uuid4().hex}.{suffix}")

    def save(self, *args, **kwargs):
        """Store a newly given file first, so that size and hash are those of the file that is kept."""
        if self.file and not self.file._committed:
            self.renditions_failed_at = None
            self.file.save(self.file.name, self.file.file, save=False)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)

    def make_rendition(self, spec):
        """Return this size and format, encoding it unless it is there. Only for the background."""
        return super().get_rendition(spec)

    def existing_renditions(self, specs):
        """Return those of these sizes and formats that are there, in this order: ``{spec: rendition}``."""
        filters = [Filter(spec) for spec in specs]
        found = {
            known.spec: rendition for known, rendition in self.find_existing_renditions(*filters).items()
        }
        Rendition = self.get_rendition_model()
        Rendition.cache_backend.set_many(
            {rendition.get_cache_key(): rendition for rendition in found.values()}
        )
        return {spec: found[spec] for spec in specs if spec in found}

    def nearest_renditions(self):
        """Return the largest plain copy that is there, if any: ``{spec: rendition}``."""
        plain = self.renditions.filter(filter_spec__startswith="format-jpeg|width-").order_by("-width")
        return {rendition.filter_spec: rendition for rendition in plain[:1]}

    def get_rendition(self, filter):
        """Return this size and format, another that is there, or one that leads nowhere; never raise.

        A page doesn't wait for an encoder, and a damaged file doesn't cost more than its own place.
        """
        spec = filter if isinstance(filter, str) else filter.spec
        if spec in SIZES_OF_THE_ADMIN:
            try:
                return super().get_rendition(spec)
            except Exception as error:
                logger.warning("picture %s can't be shown: %s", self.pk, type(error).__name__)
        there = self.existing_renditions([spec]) or self.nearest_renditions()
        return next(iter(there.values()), None) or self._nothing_to_show()

    def get_renditions(self, *filters):
        """Return several by the same rule: ``{spec: rendition}``."""
        specs = [filter if isinstance(filter, str) else filter.spec for filter in filters]
        found = self.existing_renditions(specs)
        return {spec: found.get(spec) or self.get_rendition(spec) for spec in specs}

    def _nothing_to_show(self):
        rendition = self.get_rendition_model()(image=self, width=0, height=0)
        rendition.file.name = "not-found"
        return rendition


class ClinicRendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(ClinicImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]


class SharePicture(models.Model):
    """The picture that goes with a page where its address is shared, instead of a card with its title."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="share_pictures")
    picture = models.ForeignKey(
        ClinicImage,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="It is cut to 1200 × 630. The words that describe it go along.",
    )

    panels = [FieldPanel("picture")]

    def __str__(self):
        return str(self.picture)
