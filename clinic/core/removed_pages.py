"""The place in the tree of pages where removed ones wait. No site shows it, and no list of the admin.

What takes pages there and brings them back is ``clinic.removal``. Whoever lists pages that are not published
says ``without_removed(pages)``; nobody has to who asks Wagtail's policy of pages.
"""

from wagtail.models import Page

SLUG = "removed-pages"
TITLE = "Removed pages"


def hidden_root():
    """Return the page below which removed ones stand, or None as long as nothing was ever removed."""
    # Its kind is that of no page an editor can make.
    return Page.objects.filter(depth=2, slug=SLUG, content_type__model="page").first()


def make_hidden_root():
    """Return it, made where it is missing; called within a transaction."""
    # Locked, so that two who remove at once make one.
    top = Page.objects.select_for_update().get(pk=Page.get_first_root_node().pk)
    return hidden_root() or top.add_child(instance=Page(title=TITLE, slug=SLUG, live=False))


def is_removed(page):
    """Whether a page stands below the hidden root, or is it."""
    root = hidden_root()
    return root is not None and page.path.startswith(root.path)


def without_removed(pages):
    """Leave out of a queryset of pages what was removed."""
    root = hidden_root()
    return pages.exclude(path__startswith=root.path) if root else pages
