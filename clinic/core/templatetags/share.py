"""Links that hand a page on. They are plain addresses: nothing is loaded from any network."""

from urllib.parse import quote, urlencode

from django import template
from django.conf import settings

register = template.Library()

NETWORKS = {
    "facebook": ("Facebook", "https://www.facebook.com/sharer/sharer.php", {"u": "url"}),
    # Google+ is gone; Gmail's composer is what is left of sharing with Google.
    "google": ("Google", "https://mail.google.com/mail/?view=cm&fs=1", {"su": "title", "body": "url"}),
    "x": ("Twitter/X", "https://x.com/intent/post", {"text": "title", "url": "url"}),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/", {"url": "url"}),
    "pinterest": (
        "Pinterest",
        "https://www.pinterest.com/pin/create/button/",
        {"url": "url", "description": "title"},
    ),
}


@register.simple_tag
def share_links(page):
    """Return name, label and address for each network, with the page's public address in it."""
    values = {"url": _address_of(page), "title": page.title}
    return [
        {"name": name, "label": label, "url": _address(base, fields, values)}
        for name, (label, base, fields) in NETWORKS.items()
    ]


@register.simple_tag
def email_link(page):
    """Return a mailto: address that carries title and address of the page."""
    query = urlencode({"subject": page.title, "body": _address_of(page)}, quote_via=quote)
    return f"mailto:?{query}"


def _address_of(page):
    return settings.SITE_URL + (page.url or "/")


def _address(base, fields, values):
    query = urlencode({field: values[value] for field, value in fields.items()}, quote_via=quote)
    return f"{base}{'&' if '?' in base else '?'}{query}"
