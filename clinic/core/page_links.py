"""Links in rich text. Loaded by the hooks: Wagtail's handlers need every model."""

from django.utils.html import format_html, format_html_join
from wagtail.documents import get_document_model
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from .facts import read_facts
from .generation_memory import kept_of
from .public_pages import closed_paths, known_pages, public_address

# In a text it stands for the number that the settings hold.
CLINIC_PHONE = "#clinic-phone"


class PublicLinkHandler(PageLinkHandler):
    """Lets links in texts lead to public pages only; of any other link the words stay."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        """Return the opening tags of several links."""
        closed = closed_paths()
        addresses = [public_address(page, closed) for page in _found(known_pages, attrs_list)]
        return [format_html('<a href="{}">', address) if address else "<a>" for address in addresses]


class PlaceHandler(LinkHandler):
    """Lets what stands for the clinic's phone call its number of today; other links of its kind stay."""

    identifier = "anchor"

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        """Return the opening tags of several links."""
        call = read_facts().phone_uri
        phone = format_html('<a href="{}">', call) if call else "<a>"
        return [
            phone
            if attrs["href"] == CLINIC_PHONE
            else format_html("<a {}>", format_html_join(" ", '{}="{}"', attrs.items()))
            for attrs in attrs_list
        ]


class KnownDocumentLinkHandler(DocumentLinkHandler):
    """Links to documents, each asked for once in a generation."""

    @classmethod
    def get_many(cls, attrs_list):
        """Return the documents."""
        return _found(_documents, attrs_list)


def _documents(keys):
    return kept_of("document", keys, get_document_model()._default_manager.in_bulk)


def _found(find, attrs_list):
    """Return what links lead to, None where that is gone or its key is none."""
    keys = [int(key) if (key := attrs.get("id", "")).isdecimal() else None for attrs in attrs_list]
    found = find(filter(None, keys))
    return [found.get(key) for key in keys]
