"""In the editor: what is missing before a page can go live, each with a link to where it is mended."""

from .live_rules import reasons_against

# What Wagtail calls the outermost panel of its form.
ROOT = "panel"
NOTED = "Mend what the checks found, above."


def missing_of(page):
    """Return sentences, each with the section of its field in the form, if it has one, and the field.

    What the notes below tell with its place is one sentence here.
    """
    places = dict(_places(page.get_edit_handler()))
    against = reasons_against(page)
    told = [(one.sentence, places.get(one.field), one.field) for one in against if not one.is_noted]
    return [*told, (NOTED, None, "")] if len(told) < len(against) else told


def _places(form):
    """Yield the fields of a form, each with the identifier of the section that it stands in."""
    for tab, tab_name in _children(form):
        for section, name in _children(tab):
            for field in _fields(section):
                yield field, f"{ROOT}-child-{tab_name}-{name}-section"


def _children(panel):
    return zip(panel.children, panel.child_identifiers, strict=True) if hasattr(panel, "children") else ()


def _fields(panel):
    if hasattr(panel, "field_name"):
        yield panel.field_name
    for child, _name in _children(panel):
        yield from _fields(child)
