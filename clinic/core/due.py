"""What falls due: apps say so through the hook ``construct_due``, and one page and one mail tell of it.

A function of that hook returns kinds. A kind finds what falls due until a day; it asks the database the same
number of questions for few and for many rows, and returns ``MOST`` at most, the first due first.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from wagtail import hooks

# Of each kind. Whoever has more than these begins with them.
MOST = 100


class Due(NamedTuple):
    """One thing that somebody has to look at: from its day on it is overdue; without a day, whenever."""

    title: str
    # Where it is mended.
    address: str
    day: date | None = None
    # The key of the account that answers for it.
    account: int | None = None
    note: str = ""


class Kind(NamedTuple):
    """What is due for one reason: its heading, the words for one and several in a mail, how to find them."""

    heading: str
    one: str
    several: str
    order: int
    what_to_do: str
    find: Callable[[date], Iterable[Due]]


def kinds() -> list[Kind]:
    """Return all kinds, in their order."""
    found = [kind for construct in hooks.get_hooks("construct_due") for kind in construct()]
    return sorted(found, key=lambda kind: kind.order)


def changed_last(page=""):
    """Return in words of a query who answers for a page: who changed it last, else who made it.

    ``page`` leads to it where the query is not about pages: ``"page__"``.
    """
    return Coalesce(F(f"{page}latest_revision__user"), F(f"{page}owner"))


def edit_page(key) -> str:
    """Return where the page with this key is mended."""
    return reverse("wagtailadmin_pages:edit", args=[key])
