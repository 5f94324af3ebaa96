"""Which pages stand in the main menu."""

from .models import MenuEntry
from .public_pages import closed_paths, is_public, open_to_all


def menu_of(home):
    """Return titles and pages of the menu, those alone that everybody may see: two queries.

    They are the entries that editors chose; where they chose none, the pages below ``home`` that are marked
    for menus.
    """
    entries = MenuEntry.objects.filter(menu__site__root_page=home).select_related("page")
    if chosen := list(entries.order_by("sort_order", "pk")):
        closed = closed_paths()
        return [(str(entry), entry.page) for entry in chosen if is_public(entry.page, closed)]
    return [(page.title, page) for page in open_to_all(home.get_children().in_menu())]
