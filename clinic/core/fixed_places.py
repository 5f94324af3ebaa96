"""Pages beside the tree that editors may lead to, by the names of their addresses."""

from django.urls import reverse

FORM = "consultation"
FORMS = {FORM, "consultation_es"}
# No page, and offered only where words or a button may call.
PHONE = "phone"
PLACES = {
    "consultation": "The consultation form",
    "consultation_es": "The consultation form in Spanish",
    "get_help_now": "Get help now",
    "get_help_now_es": "Get help now in Spanish",
    "search": "The search",
}


def place_at(link: str) -> str:
    """Return the name of the place at an address, or ""."""
    return next((name for name in PLACES if reverse(name) == link), "")
