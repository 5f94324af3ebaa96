"""Links of this site to pages that readers don't get, or soon won't: a list for editors.

Templates leave such links out, so no reader meets a dead end; but the sentence around it may need them.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page

from .public_pages import closed_paths, is_public, open_to_all
from .reference_rows import Row, rows_of, seen_by_readers

SOON = timedelta(days=30)
# More than anybody mends in a day; the number of all is said beside it.
MOST = 200


@dataclass(frozen=True)
class BrokenLink:
    """A place that leads nowhere: the place, what it leads to, and what is wrong with that."""

    row: Row
    target: str
    fault: str


def broken_references():
    """Return the references of what readers see to pages that are not public, gone, or go soon."""
    goes_soon = Q(expire_at__lt=timezone.now() + SOON)
    good = open_to_all(Page.objects.exclude(goes_soon)).annotate(key=Cast("pk", CharField())).values("key")
    to_pages = seen_by_readers().filter(to_content_type=ContentType.objects.get_for_model(Page))
    return to_pages.exclude(to_object_id__in=good)


def count_broken_links() -> int:
    """Return how many there are."""
    return broken_references().count()


def broken_links(most: int | None = None) -> list[BrokenLink]:
    """Return them by where they stand, ``MOST`` at most; the same queries for few and many."""
    rows = rows_of(broken_references().order_by("base_content_type", "object_id", "pk")[: most or MOST])
    targets = Page.objects.in_bulk([int(row.target) for row in rows if row.target.isdecimal()])
    closed = closed_paths()
    return [_told(row, targets.get(int(row.target)), closed) for row in rows if row.target.isdecimal()]


def _told(row, page, closed):
    if page is None:
        return BrokenLink(row, "a page that is gone", "It was deleted.")
    return BrokenLink(row, page.title, _fault_of(page, closed))


def _fault_of(page, closed):
    if not page.live:
        return "It isn’t published."
    if not is_public(page, closed):
        return "It is kept for some people."
    return f"It goes on {date_format(timezone.localtime(page.expire_at), 'DATE_FORMAT')}."
