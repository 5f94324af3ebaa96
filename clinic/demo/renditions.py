"""Making the sizes and formats of the demo's pictures, so that its first visitor sees them."""

from clinic.core.models import ClinicImage
from clinic.core.picture_places import ALL_SPECS
from clinic.core.renditions import make_missing_renditions


def make_renditions():
    """Make the renditions that are missing, and return how many there are."""
    pictures = ClinicImage.objects.count()
    make_missing_renditions(most=pictures * len(ALL_SPECS))
    return sum(len(image.existing_renditions(ALL_SPECS)) for image in ClinicImage.objects.all())
