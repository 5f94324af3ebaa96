"""Making the sizes and formats of pictures ahead, so that no first reader waits for them."""

from wagtail.images.models import Filter

from clinic.core.models import ClinicImage

# What the templates ask for: cards, articles and figures.
SPEC = "format-{avif,webp,jpeg}|width-{400,800,1200}"


def make_renditions():
    """Make the renditions that are missing, and return how many there are."""
    specs = Filter.expand_spec(SPEC)
    return sum(len(image.get_renditions(*specs)) for image in ClinicImage.objects.all())
