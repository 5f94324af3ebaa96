"""Which pages everybody may see. Whatever lists pages or links to one asks here.

A page is public while it is published and neither it nor a page above it is kept for some people.
Lists say ``live().public()``, which asks once for all restrictions; a link to one page says
``{% public_url page %}``.
"""

from wagtail.models import Page, PageViewRestriction


def closed_paths():
    """Return the places in the tree below which pages are for some people only; one query."""
    return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))


def is_public(page, closed):
    """Whether everybody may see the page; ``closed`` is what ``closed_paths`` returned."""
    return page.live and not page.path.startswith(tuple(closed))


def public_address(page, closed=None):
    """Return the address of a public page, and nothing for any other, or for none."""
    if page is None:
        return ""
    is_open = is_public(page, closed_paths() if closed is None else closed)
    return (page.url or "") if is_open else ""


def public_among(keys):
    """Return the keys that belong to public pages."""
    return set(Page.objects.live().public().filter(pk__in=keys).values_list("pk", flat=True))
