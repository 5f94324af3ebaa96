"""Which card goes with a page: the first of its own that is there, else that of the clinic.

A card's file is named by all that shows on it, so another title is another file, and one file is never two
pictures. It lies beside the other pictures that everybody may see.
"""

import hashlib
from dataclasses import dataclass

from django.conf import settings

from clinic.core.facts import read_facts
from clinic.core.generation_memory import kept
from clinic.core.models import SharePicture

# Another number draws all cards anew.
LOOK = 1
FOLDER = "images"
PREFIX = "card-"


@dataclass(frozen=True)
class Card:
    """What a card shows: a title and the clinic's name, or an editor's picture."""

    clinic: str
    title: str = ""
    picture: str = ""
    description: str = ""

    @property
    def name(self):
        """The name of its file."""
        shown = (self.picture,) if self.picture else (self.title, self.clinic)
        digest = hashlib.blake2b(repr((LOOK, shown)).encode(), digest_size=16).hexdigest()
        return f"{PREFIX}{digest}.{'jpg' if self.picture else 'png'}"

    @property
    def content_type(self):
        """What kind of picture it is."""
        return "image/jpeg" if self.picture else "image/png"

    @property
    def url(self):
        """Its whole address: others fetch it."""
        return f"{settings.SITE_URL}{settings.MEDIA_URL}{FOLDER}/{self.name}"

    @property
    def alt(self):
        """What it shows, for people who don't see it."""
        return self.description or " – ".join(filter(None, [self.title, self.clinic]))

    @property
    def path(self):
        """Where its file lies."""
        return folder() / self.name

    def is_there(self):
        """Whether it was made, as far as this process can see."""
        try:
            return self.path.exists()
        except OSError:
            # A process that takes requests in may not look into the folder.
            return False


def folder():
    """Return where cards lie."""
    return settings.MEDIA_ROOT / FOLDER


def clinic_card():
    """Return the card of the clinic itself."""
    return Card(read_facts().name)


def title_card_of(page):
    """Return the card with a page's title."""
    return Card(read_facts().name, title=" ".join((page.seo_title or page.title).split()))


def shown_card(page=None):
    """Return the card that goes with a page, or with what is none; None where none was made yet."""
    own = [_picture_cards().get(page.pk), title_card_of(page)] if page else []
    return next((card for card in [*own, clinic_card()] if card and card.is_there()), None)


def picture_card_of(share_picture):
    """Return the card that an editor chose."""
    picture = share_picture.picture
    shown = (picture.file_hash, *centre_of(picture))
    return Card(read_facts().name, picture=repr(shown), description=picture.description)


def centre_of(picture):
    """Return the middle of what has to stay when a picture is cut, as parts of its sides."""
    if not picture.has_focal_point():
        return 0.5, 0.5
    return picture.focal_point_x / picture.width, picture.focal_point_y / picture.height


def _picture_cards():
    """Return the chosen ones by their pages."""
    return kept("share pictures", lambda: {one.page_id: picture_card_of(one) for one in chosen_pictures()})


def chosen_pictures():
    """Return what editors chose, with the pictures."""
    return SharePicture.objects.select_related("picture")
