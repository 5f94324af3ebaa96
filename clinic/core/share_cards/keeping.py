"""The worker's part: cards that are missing are drawn, and those that nothing shows any more are removed."""

import logging
import time
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from PIL import Image
from wagtail.models import Site

from clinic.core import generation
from clinic.core.facts import read_facts
from clinic.core.kept_pages import folders
from clinic.core.public_pages import open_to_all

from . import drawing
from .cards import (
    PREFIX,
    centre_of,
    chosen_pictures,
    clinic_card,
    folder,
    picture_card_of,
    title_card_of,
)

logger = logging.getLogger(__name__)

# The worker has other duties.
SECONDS_AT_ONCE = 2.0
# So long pages wait for cards before they become files; pages written without would have to be written again.
PATIENCE_IN_ROUNDS = 15
# Some 30 kB each; the pages beyond, those deepest in the tree and oldest, go with the card of the clinic.
MOST_CARDS = 2000
QUALITY = 85
PALETTE = 128


@dataclass
class Looking:
    """How far the cards of one generation are: how often they were looked at, and what that came to.

    Pages wait for no card any more once all are there, or the rest takes too long or can’t be stored.
    """

    number: int
    clinic: str
    rounds: int = 0
    all_are_there: bool = False
    wait_is_over: bool = False


class CardKeeper:
    """Keeps the cards of shared links up with the pages, a while at each call."""

    def __init__(self):
        self.looking = Looking(number=-1, clinic="")

    def go_on(self) -> int:
        """Draw what is missing, for some seconds, and return how many. Raises OSError, django.db.Error."""
        self._look_at(generation.current(), read_facts().name)
        looking = self.looking
        if looking.all_are_there:
            return 0
        looking.rounds += 1
        looking.wait_is_over |= looking.rounds > PATIENCE_IN_ROUNDS
        made = self._draw_missing()
        if made and _has_files(looking.number):
            # Their pages did without.
            generation.start_new()
        looking.wait_is_over |= looking.all_are_there
        return made

    def _look_at(self, number, clinic):
        """Begin anew where another generation or name holds, but with no more patience than was left."""
        before = self.looking
        if (before.number, before.clinic) != (number, clinic):
            self.looking = Looking(number, clinic, rounds=0 if before.all_are_there else before.rounds)

    def _draw_missing(self):
        wanted = wanted_cards()
        try:
            _sweep(wanted)
            made, self.looking.all_are_there = _draw(wanted)
        except OSError:
            self.looking.wait_is_over = True
            raise
        return made


def _has_files(number):
    """Whether pages of this generation are kept already."""
    kept = folders.linked()
    return kept is not None and folders.number_of(kept) == number


def wanted_cards():
    """Return ``{card: what draws it}`` for what everybody may see, the most wanted first."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return {}
    public = open_to_all(site.root_page.get_descendants(inclusive=True))
    found = {clinic_card(): _draw_title}
    for chosen in chosen_pictures().filter(page__in=public).order_by("-page_id")[:MOST_CARDS]:
        found[picture_card_of(chosen)] = partial(_draw_picture, picture=chosen.picture)
    for page in public.only("title", "seo_title").order_by("depth", "-pk")[:MOST_CARDS]:
        found[title_card_of(page)] = _draw_title
    return dict(islice(found.items(), MOST_CARDS))


def _draw_title(card):
    return drawing.title_card(card.title, card.clinic)


def _draw_picture(card, picture):
    with picture.open_file() as file, Image.open(file) as opened:
        return drawing.picture_card(opened, centre_of(picture))


def _draw(wanted):
    """Make what is missing, and return how many were made and whether there is no more to do."""
    until, made = time.monotonic() + SECONDS_AT_ONCE, 0
    for card, draw in wanted.items():
        if card.is_there():
            continue
        if time.monotonic() > until:
            return made, False
        made += _make(card, draw)
    return made, True


def _make(card, draw):
    """Make one card, and return whether that worked; a page does without one that can't be made."""
    content = _content(card, draw)
    if content is not None:
        _put(card.path, content)
    return content is not None


def picture_of(card, picture=None):
    """Return what the file of a card would hold; None for one that can't be made."""
    return _content(card, partial(_draw_picture, picture=picture) if picture else _draw_title)


def _content(card, draw):
    try:
        return _encoded(draw(card), card)
    except Exception as error:
        # Decoders fail in many ways, and none of them may stop the other cards.
        logger.warning("share card %s can't be drawn: %s", card.name, type(error).__name__)
        return None


def _encoded(picture, card):
    file = BytesIO()
    if card.picture:
        picture.save(file, "JPEG", quality=QUALITY, progressive=True)
    else:
        # Few colours: a palette is a third of the bytes, and looks the same.
        picture.quantize(PALETTE, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _put(path, content):
    """Put a file there in one step, for those who may read what is uploaded. Raises OSError."""
    path.parent.mkdir(mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=f".{PREFIX}", delete=False) as file:
        draft = Path(file.name)
        try:
            file.write(content)
            file.flush()
            draft.chmod(settings.FILE_UPLOAD_PERMISSIONS)
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


def _sweep(wanted):
    """Remove the cards of what is no longer public or was renamed, and what a killed worker left."""
    names = {card.name for card in wanted}
    for path in folder().glob(f"{PREFIX}*"):
        if path.name not in names:
            path.unlink(missing_ok=True)
    for path in folder().glob(f".{PREFIX}*"):
        path.unlink(missing_ok=True)


_keeper = CardKeeper()


def keep_cards() -> None:
    """Keep the cards up with the pages; the worker's step. Raises OSError, django.db.Error."""
    _keeper.go_on()


def pages_may_be_written() -> bool:
    """Whether the cards of this generation were looked at, so that pages can name them."""
    looking = _keeper.looking
    return looking.wait_is_over and looking.number == generation.current()
