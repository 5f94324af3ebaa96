"""The ways in which editors look at a page before it is published. Sizes of screens are Wagtail's."""

from django.template.response import TemplateResponse

# The first is the one that opens. The stylesheets of the next two are named in base_plain.html.
MODES = [
    ("", "As readers see it"),
    ("dark", "In dark colours"),
    ("paper", "On paper"),
    ("search", "As a search result"),
    ("card", "As a shared link"),
]
# As those meet the page who don't stand on it yet.
AS_FOUND = {"search": "core/previews/search.html", "card": "core/previews/card.html"}


def shown_as_found(page, request, mode):
    """Return the preview of a page in a search or as a shared link; None in all other modes."""
    template = AS_FOUND.get(mode)
    return TemplateResponse(request, template, {"page": page}) if template else None
