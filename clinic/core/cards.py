"""What the cards of pages show, found once in a generation: no text of a page is read for its card.

However many cards there are: one query for the pages of each type, one for their pictures, one for the sizes
of these.
"""

from typing import NamedTuple

from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model

from .generation_memory import kept
from .picture_places import note_pictures
from .public_pages import open_to_all


class Card(NamedTuple):
    """A page as a card shows it, whatever its type."""

    title: str
    text: str
    url: str
    picture: object = None
    kicker: str = ""
    day: object = None
    drawing: str = ""


def cards_below(parent, most=None):
    """Return the cards of the public pages right below this one, in the editor's order."""
    return kept(("cards below", parent.pk, most), lambda: _cards_below(parent, most))


def cards_of(pages):
    """Return the cards of pages of any types, by their keys."""
    keys = {key for page in pages if (key := getattr(page, "picture_id", None))}
    pictures = get_image_model().objects.in_bulk(keys) if keys else {}
    note_pictures("card", pictures.values())
    return {page.pk: _card(page, pictures) for page in pages}


def _card(page, pictures):
    return Card(
        title=page.title,
        text=getattr(page, "summary", ""),
        url=page.url or "",
        picture=pictures.get(getattr(page, "picture_id", None)),
        kicker=getattr(page, "role", ""),
        day=getattr(page, "published_on", None),
        drawing=getattr(page, "drawing", ""),
    )


def _cards_below(parent, most):
    places = list(open_to_all(parent.get_children())[:most])
    pages = [page for model in {place.specific_class for place in places} for page in _pages(model, places)]
    cards = cards_of(pages)
    return [cards[place.pk] for place in places if place.pk in cards]


def _pages(model, places):
    """Return those of one type, without their texts."""
    keys = [place.pk for place in places if place.specific_class is model]
    texts = [field.name for field in model._meta.fields if isinstance(field, StreamField | RichTextField)]
    return model.objects.defer(*texts).in_bulk(keys).values()
