"""The form behind every door by which a picture comes in: one, many, the chooser, the exchange of a file."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from clinic.core.bounded_forms import BoundedMixin
from clinic.core.photographs import UnusablePicture, normalised

UNTITLED = "Untitled picture"
FAILED = "No page can show this picture: its file can’t be read any more. Upload it again."
UNDESCRIBED = (
    "Say what the picture shows, for people who can’t see it, such as “A nurse opens the door of the clinic”."
    " If nobody misses anything without it, tick “Decorative” instead."
)
FOCUS = {"focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"}


class PictureUploadField(WagtailImageField):
    """A file that is judged by what is in it, not by its name, and normalised at once."""

    def to_python(self, data):
        """Return the normalised picture, or say what is wrong with this file."""
        # Past Wagtail's own reading, which answers to damaged files with errors of the decoder.
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        limit = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
        if file.size > limit:
            raise ValidationError(
                f"This file is larger than {filesizeformat(limit)}: it has {filesizeformat(file.size)}. "
                "Make the picture smaller and upload it again.",
                code="file_too_large",
            )
        try:
            return normalised(file)
        except UnusablePicture as problem:
            raise ValidationError(str(problem), code="unusable_picture") from problem


class PictureForm(BoundedMixin, BaseImageForm):
    """Wagtail's form of a picture, with our reading of the file and no title out of its name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The page for many pictures sends nothing but the file first, and asks with its second form.
        self.is_only_the_file = self.is_bound and self.add_prefix("description") not in self.data
        if "file" not in self.fields:
            return
        old = self.fields["file"]
        self.fields["file"] = PictureUploadField(
            label=old.label, required=old.required, widget=forms.FileInput
        )
        if self.instance.renditions_failed_at:
            self.fields["file"].help_text = FAILED
        # With the file comes its name as title, and the others were about to copy it.
        if self.is_only_the_file:
            self.data = {**self.data, self.add_prefix("title"): UNTITLED}

    def clean(self):
        """Ask for a description, or for the tick that there is nothing to describe."""
        data = super().clean()
        said = data.get("description", "").strip() or data.get("is_decorative")
        if not (said or self.is_only_the_file or "description" in self.errors):
            self.add_error("description", UNDESCRIBED)
        return data

    def save(self, commit=True):
        """Save, and let go of what was cut around another focal point; another file has none yet."""
        if self.instance.pk and "file" in self.changed_data and not FOCUS.intersection(self.changed_data):
            self.instance.set_focal_point(None)
        image = super().save(commit=commit)
        if commit and FOCUS.intersection(self.changed_data):
            image.renditions.exclude(focal_point_key="").delete()
        return image
