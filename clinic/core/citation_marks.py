"""The mark of a footnote in the editor of texts, and in what it stores."""

from django.urls import reverse
from django.utils.functional import lazy
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import LinkHandler
from wagtail.snippets.widgets import AdminSnippetChooser

from .models import Reference

FEATURE = "reference"
ENTITY = "REFERENCE"


class ReferenceLinkHandler(LinkHandler):
    """Lets Wagtail know which references a text cites; where no page numbers the mark, its star stays."""

    identifier = "reference"

    @staticmethod
    def get_model():
        """Return what a mark points at."""
        return Reference

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        """Return opening tags of links that lead nowhere."""
        return ["<a>"] * len(attrs_list)

    @classmethod
    def extract_references(cls, attrs):
        """Yield the reference, so that it says where it is used."""
        if attrs.get("id", "").isdecimal():
            yield Reference, attrs["id"], "", ""


class MarkFromDatabase(InlineEntityElementHandler):
    """From what is stored to what the editor shows."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs):
        """Return the key, and the citation for whoever points at the mark."""
        key = attrs.get("id", "")
        source = Reference.objects.filter(pk=key).first() if key.isdecimal() else None
        if source is None:
            return {"id": key, "citation": "", "editUrl": ""}
        edit = reverse(Reference.snippet_viewset.get_url_name("edit"), args=[source.pk])
        return {"id": key, "citation": str(source), "editUrl": edit}


def mark_to_database(props):
    """Return the stored form of a mark; of one without a key the star alone stays."""
    key = str(props.get("id") or "")
    if not key.isdecimal():
        return DOM.create_element("span", {}, props["children"])
    return DOM.create_element("a", {"linktype": "reference", "id": key}, props["children"])


def register_marks(features):
    """Give the editor of texts a button for footnotes."""
    features.register_link_type(ReferenceLinkHandler)
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "openquote",
                "description": "Footnote: choose a source",
                "chooserUrls": {"referenceChooser": lazy(_address_of_chooser, str)()},
            },
            js=["wagtailadmin/js/chooser-modal.js", "core/js/footnotes.js"],
        ),
    )
    rule = {
        "from_database_format": {'a[linktype="reference"]': MarkFromDatabase(ENTITY)},
        "to_database_format": {"entity_decorators": {ENTITY: mark_to_database}},
    }
    features.register_converter_rule("contentstate", FEATURE, rule)


def _address_of_chooser():
    return AdminSnippetChooser(Reference).get_chooser_modal_url()
