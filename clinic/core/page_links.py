"""Links to pages in rich text. Loaded by the hooks: Wagtail's handler needs every model."""

from django.utils.html import format_html
from wagtail.rich_text.pages import PageLinkHandler

from .public_pages import closed_paths, public_address


class PublicLinkHandler(PageLinkHandler):
    """Lets links in texts lead to public pages only; of any other link the words stay."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        """Return the opening tags of several links."""
        closed = closed_paths()
        addresses = [public_address(page, closed) for page in cls.get_many(attrs_list)]
        return [format_html('<a href="{}">', address) if address else "<a>" for address in addresses]
