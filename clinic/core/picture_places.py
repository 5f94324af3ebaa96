"""The places for pictures on public pages: which sizes and formats each shows, and how.

Templates name a place; the background makes what the places name.
So no page asks for a size that nobody makes.
"""

from dataclasses import dataclass, field
from math import ceil, floor

from django.core.cache import caches
from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images import get_image_model
from wagtail.images.models import Filter, Picture

from clinic.core.generation_memory import is_answering, kept

SECONDS_BETWEEN_LOOKS = 10

FORMATS = "format-{avif,webp,jpeg}"
LATER = {"loading": "lazy", "decoding": "async"}
AT_ONCE = {"loading": "eager", "fetchpriority": "high"}


@dataclass(frozen=True)
class Place:
    """One kind of place. ``alt`` is left out where what stands with the picture describes it.

    A ``fill`` is cut around the focal point. A strip is cut by the stylesheet, as high as the screen is wide.
    """

    size: str
    attributes: dict = field(default_factory=dict)
    is_strip: bool = False

    @property
    def specs(self):
        """Each size in each format."""
        return Filter.expand_spec(f"{FORMATS}|{self.size}")


PLACES = {
    "card": Place(
        "fill-{400x225,800x450}",
        {"sizes": "(min-width: 62rem) 24rem, (min-width: 40rem) 45vw, 92vw", "alt": "", **LATER},
    ),
    "article": Place(
        "width-{400,800,1200}",
        {"sizes": "(min-width: 75rem) 72rem, 92vw", "alt": "", **AT_ONCE},
        is_strip=True,
    ),
    "figure": Place("width-{400,800,1200}", {"sizes": "(min-width: 48rem) 44rem, 92vw", **LATER}),
    "person card": Place("fill-{200x200,400x400}", {"sizes": "6rem", "alt": "", **LATER}),
    "person": Place("fill-{320x320,640x640}", {"sizes": "12rem", **AT_ONCE}),
}

ALL_SPECS = tuple(dict.fromkeys(spec for place in PLACES.values() for spec in place.specs))


def shown_in(place, image, at_once=False):
    """Return the HTML of a picture in such a place, or None while there is nothing to show.

    ``at_once`` is for the first one of a page, which a reader waits for.
    """
    if not image:
        return None
    cache, lacking = caches["renditions"], f"incomplete-{place}-{image.pk}-{image.file_hash}"
    lacking = lacking.replace(" ", "-")
    renditions = cache.get(lacking)
    if renditions is None:
        description = (image.decorative, image.contextual_alt_text)
        key = ("shown", place, bool(at_once), image.pk, image.file_hash, *description)
        if html := kept(key, lambda: _complete(place, image, at_once)):
            return html
        # What is missing is looked for again a little later only. Else a list with a few broken pictures
        # would ask the database for each of them on every view.
        renditions = image.existing_renditions(PLACES[place].specs) or image.nearest_renditions()
        cache.set(lacking, renditions, SECONDS_BETWEEN_LOOKS)
    return _html(place, image, renditions, at_once) if renditions else None


def note_pictures(place, images):
    """Find what there is of several pictures in one query, and remember them as such a place shows them."""
    if images and is_answering():
        specs = PLACES[place].specs
        of_place = get_image_model().get_rendition_model().objects.filter(filter_spec__in=specs)
        prefetch_related_objects(
            list(images), Prefetch("renditions", queryset=of_place, to_attr="prefetched_renditions")
        )
        for image in images:
            shown_in(place, image)
            # Remembered as HTML, many times smaller.
            del image.prefetched_renditions


def _complete(place, image, at_once):
    """Return the picture where every size and format is there: so it stays within a generation."""
    specs = PLACES[place].specs
    renditions = image.existing_renditions(specs)
    return _html(place, image, renditions, at_once) if len(renditions) == len(specs) else None


def _html(place, image, renditions, at_once):
    for rendition in renditions.values():
        # The description of this place, not of the one that was remembered.
        rendition.image = image
    attributes = PLACES[place].attributes | (AT_ONCE if at_once else {})
    if PLACES[place].is_strip and image.has_focal_point():
        attributes["class"] = f"focus-{_tenths_from_top(image)}"
    return Picture(renditions, attributes).__html__()


def _tenths_from_top(image):
    """Return where the focal point lies, rounded away from the middle: so a low strip shows it too."""
    tenths = 10 * image.focal_point_y / image.height
    return min(10, max(0, floor(tenths) if tenths < 5 else ceil(tenths)))
