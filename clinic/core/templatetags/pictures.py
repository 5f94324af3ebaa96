"""Pictures in templates."""

from django import template
from wagtail.images.models import Picture

from clinic.core.picture_places import PLACES

register = template.Library()


@register.simple_tag
def picture_for(place, image):
    """Return the picture as it is shown in such a place, or None while there is nothing to show."""
    if not image:
        return None
    renditions = image.existing_renditions(PLACES[place].specs)
    if not renditions:
        nearest = image.nearest_rendition()
        renditions = {nearest.filter_spec: nearest} if nearest else {}
    return Picture(renditions, dict(PLACES[place].attributes)) if renditions else None
