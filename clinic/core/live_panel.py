"""In the editor: what is missing before a page can go live, each with a link to where it is mended."""

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from .live_rules import reasons_against

# What Wagtail calls the outermost panel of its form.
ROOT = "panel"
NOTED = "Mend what the checks found, below."


class MissingPanel(Panel):
    """Stands above the form as long as something is missing from the newest draft; else it isn't shown."""

    class BoundPanel(Panel.BoundPanel):
        """The list for one page, as it was when the editor was opened or a form was refused."""

        template_name = "core/missing_panel.html"

        def is_shown(self):
            """Whether something is missing; of a page that was never saved nobody asks it yet."""
            return bool(self.reasons)

        @cached_property
        def reasons(self):
            """Return sentences, each with the section of its field in the form, if it has one, and the field.

            What the notes below tell with its place is one sentence here.
            """
            if not self.instance.pk:
                return []
            places = dict(_places(self.instance.get_edit_handler()))
            against = reasons_against(self.instance)
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
