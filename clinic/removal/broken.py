"""Links that lead nowhere, on the start page and among what falls due."""

from wagtail import hooks
from wagtail.models import Page

from clinic.core.broken_links import broken_links
from clinic.core.due import MOST, Due, Kind, changed_last
from clinic.core.start_page import MOST_ROWS, Row, start_section

# Who may see the page with all of them.
RIGHT = "removal.view_removal"


@start_section("Links that lead nowhere", order=60)
def rows_of_start_page(user):
    """Return the first of them, for whoever may see them."""
    if not user.has_perm(RIGHT):
        return []
    return [
        Row(link.row.title, link.row.address, f"to {link.target}")
        for link in broken_links(MOST_ROWS + 1)
        if link.row.address
    ]


@hooks.register("construct_due")
def add_broken_links():
    """Say that they are to be mended; they have no day."""
    what_to_do = "Choose another page there, or publish the one it leads to."
    return [Kind("Broken links", "broken link", "broken links", 90, what_to_do, due_links)]


def due_links(until):
    """Yield them, each with whoever answers for the page it stands on."""
    links = broken_links(MOST)
    pages = Page.objects.filter(pk__in=[link.row.source.pk for link in links if link.row.is_page])
    accounts = dict(pages.values_list("pk", changed_last()))
    for link in links:
        account = accounts.get(link.row.source.pk) if link.row.is_page else None
        yield Due(link.row.title, link.row.address, None, account, f"to {link.target}")
