"""What the editor of a page says above its fields, kept up to date while somebody writes."""

from django.template.loader import render_to_string
from wagtail.admin.panels import Panel

from .editor_notes import notes_of
from .live_panel import missing_of


class SaysPanel(Panel):
    """Always there, so that what is said has a place once the editor saved by itself."""

    class BoundPanel(Panel.BoundPanel):
        """What is said of one page."""

        template_name = "core/editor_says.html"

        class Media:
            css = {"all": ["core/css/editor_says.css"]}
            js = ["core/js/begin_here.js", "core/js/editor_says.js"]

        def get_context_data(self, parent_context=None):
            """Add what is said."""
            return {**super().get_context_data(parent_context), **_said(self.instance)}


def says(page) -> str:
    """Return what stands in the panel now, without the place around it."""
    return render_to_string("core/editor_said.html", _said(page))


def _said(page):
    """Of a page that was never saved nobody asks anything yet."""
    return {"missing": missing_of(page), "notes": notes_of(page)} if page.pk else {}
