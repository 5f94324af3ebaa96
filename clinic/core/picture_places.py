"""The places for pictures on public pages: which sizes and formats each shows, and how.

Templates name a place; the background makes what the places name.
So no page asks for a size that nobody makes.
"""

from dataclasses import dataclass, field

from django.core.cache import caches
from wagtail.images.models import Filter, Picture

SECONDS_BETWEEN_LOOKS = 10

FORMATS = "format-{avif,webp,jpeg}"
LATER = {"loading": "lazy", "decoding": "async"}
AT_ONCE = {"loading": "eager", "fetchpriority": "high"}


@dataclass(frozen=True)
class Place:
    """One kind of place. ``alt`` is left out where what stands with the picture describes it."""

    size: str
    attributes: dict = field(default_factory=dict)

    @property
    def specs(self):
        """Each size in each format."""
        return Filter.expand_spec(f"{FORMATS}|{self.size}")


PLACES = {
    "card": Place(
        "width-{400,800}",
        {"sizes": "(min-width: 62rem) 24rem, (min-width: 40rem) 45vw, 92vw", "alt": "", **LATER},
    ),
    "article": Place(
        "width-{400,800,1200}", {"sizes": "(min-width: 75rem) 72rem, 92vw", "alt": "", **AT_ONCE}
    ),
    "figure": Place("width-{400,800,1200}", {"sizes": "(min-width: 48rem) 44rem, 92vw", **LATER}),
    "person card": Place("fill-{200x200,400x400}", {"sizes": "6rem", "alt": "", **LATER}),
    "person": Place("fill-{320x320,640x640}", {"sizes": "12rem", "loading": "eager"}),
}

ALL_SPECS = tuple(dict.fromkeys(spec for place in PLACES.values() for spec in place.specs))


def shown_in(place, image):
    """Return the picture as such a place shows it, or None while there is nothing to show."""
    renditions = _renditions(PLACES[place].specs, place, image) if image else {}
    return Picture(renditions, dict(PLACES[place].attributes)) if renditions else None


def _renditions(specs, place, image):
    """Return what is there of these; what is not is looked for again a little later only.

    Else a list with a few broken pictures would ask the database for each of them on every view.
    """
    cache, key = caches["renditions"], f"incomplete-{place}-{image.pk}-{image.file_hash}".replace(" ", "-")
    renditions = cache.get(key)
    if renditions is None:
        renditions = image.existing_renditions(specs)
        if len(renditions) < len(specs):
            renditions = renditions or image.nearest_renditions()
            cache.set(key, renditions, SECONDS_BETWEEN_LOOKS)
    for rendition in renditions.values():
        # The description of this place, not of the one that was remembered.
        rendition.image = image
    return renditions
