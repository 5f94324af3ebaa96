"""What leads to a page: shown before it goes, so that nobody finds out afterwards."""

from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField
from django.db.models.functions import Cast
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from clinic.core.reference_rows import Row, rows_of, seen_by_readers

MOST = 50


@dataclass
class Leading:
    """What leads to some pages and those below them: places, how many more there are, redirects, the menu."""

    rows: list[Row]
    further: int = 0
    redirects: list[str] = field(default_factory=list)
    in_menu: list[str] = field(default_factory=list)

    def __bool__(self):
        return bool(self.rows or self.redirects or self.in_menu)


def leading_to(pages, *, with_children: bool = True) -> Leading:
    """Return what leads to these pages from elsewhere; the same queries for few and many."""
    family = Page.objects.none()
    for page in pages:
        family |= Page.objects.descendant_of(page, inclusive=True) if with_children else _alone(page)
    keys = family.annotate(key=Cast("pk", CharField())).values("key")
    of_pages = ContentType.objects.get_for_model(Page)
    places = seen_by_readers().filter(to_content_type=of_pages, to_object_id__in=keys)
    outside = places.exclude(base_content_type=of_pages, object_id__in=keys)
    redirects = Redirect.objects.filter(redirect_page__in=family, automatically_created=False)
    return Leading(
        rows=rows_of(outside.order_by("base_content_type", "object_id", "pk")[:MOST]),
        further=max(0, outside.count() - MOST),
        redirects=list(redirects.order_by("old_path").values_list("old_path", flat=True)[:MOST]),
        in_menu=list(family.live().in_menu().order_by("path").values_list("title", flat=True)[:MOST]),
    )


def _alone(page):
    return Page.objects.filter(pk=page.pk)
