"""Cleaning of uploaded pictures: a photograph must not tell where it was taken."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

# Generous, because renditions are made from the stored file.
QUALITY = 90


def without_metadata(file):
    """Return the picture re-encoded upright and without Exif, XMP or comments.

    The colour profile stays. Raises PIL.UnidentifiedImageError or OSError for what is no picture.
    """
    file.seek(0)
    with Image.open(file) as picture:
        kept = {"icc_profile": picture.info.get("icc_profile")}
        clean = ImageOps.exif_transpose(picture)
        # Pillow writes back what it finds here.
        clean.info = {}
        buffer = BytesIO()
        clean.save(buffer, format=picture.format, quality=QUALITY, **kept)
    return ContentFile(buffer.getvalue(), name=file.name)
