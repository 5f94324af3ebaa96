"""What our checks find in a preview, told by Wagtail's own checker beside what it looks at itself."""

from django.forms import Media
from django.templatetags.static import static
from django.utils.html import json_script
from wagtail.admin.userbar import ContentCheckerItem

from .findings import findings_of
from .house_list import house_list

# Which parts of a page a mark can stand at; those that static/js/admin/content_marks.js looks at.
PARTS = "h1, h2, h3, h4, p, li, dt, dd, td, th, caption, figcaption, blockquote, summary, a, img"
# Rules of the checker itself that we need beside those of Wagtail.
AXE_ALSO = ["image-alt", "td-has-header", "th-has-data-cells", "table-fake-caption"]


class HouseChecksItem(ContentCheckerItem):
    """Wagtail's checks, and ours: Python finds, the browser shows where."""

    def __init__(self, page=None, in_editor=False):
        super().__init__(in_editor=in_editor)
        self.page = page

    @property
    def media(self):
        """The script that says which parts of the page are meant."""
        return Media(js=[static("js/admin/content_marks.js")])

    def get_axe_run_only(self, request):
        """Run our kinds, too."""
        return [*super().get_axe_run_only(request), *AXE_ALSO, *(kind.key for kind in _kinds())]

    def get_axe_custom_rules(self, request):
        """Name each of our kinds to the checker."""
        ours = [
            {
                "id": kind.key,
                "impact": kind.level.value,
                "selector": PARTS,
                "tags": ["best-practice"],
                "any": [f"check-{kind.key}"],
                "enabled": True,
            }
            for kind in _kinds()
        ]
        return [*super().get_axe_custom_rules(request), *ours]

    def get_axe_custom_checks(self, request):
        """Name the checks, which the script of the preview fills with life."""
        return [*super().get_axe_custom_checks(request), *({"id": f"check-{kind.key}"} for kind in _kinds())]

    def get_axe_messages(self, request):
        """Say what is wrong, why, and what to write instead."""
        ours = {
            kind.key: {"error_name": kind.title, "help_text": f"{kind.why} {kind.instead}"}
            for kind in _kinds()
        }
        return {**super().get_axe_messages(request), **ours}

    def render_html(self, parent_context=None):
        """Add what was found on the page as it is shown."""
        found = findings_of(self.page) if self.page is not None else []
        told = {
            "kinds": [kind.key for kind in _kinds()],
            "findings": [
                {"key": one.kind.key, "words": one.words, "passage": one.passage, "path": one.path}
                for one in found
            ],
        }
        return super().render_html(parent_context) + json_script(told, "content-findings")


def _kinds():
    the = house_list()
    return [*(rule.kind for rule in the.rules), the.many.kind, *the.structure.values()]
