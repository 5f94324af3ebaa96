"""What somebody typed into a form that could not be accepted, on its way back to them.

It travels in the answer to that very request and in the forms of that answer, and is kept nowhere.
"""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404
from django.urls import resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

# Shorter ones without a blank are codes and numbers, which nobody has to copy.
SHORTEST_TEXT = 20


@dataclass(frozen=True)
class Typed:
    """An address, and the names and values that were sent to it."""

    address: str
    fields: tuple[tuple[str, str], ...] = ()
    has_files: bool = False

    @property
    def texts(self):
        """What somebody may want to copy: a name to read, and the text."""
        return [
            (name.replace("_", " ").capitalize(), value)
            for name, value in self.fields
            if len(value) > SHORTEST_TEXT or len(value.split()) > 1
        ]

    @property
    def as_json(self):
        """The whole of it, for a hidden field of the form to sign in with."""
        return json.dumps([self.address, self.fields, self.has_files])


def typed_in(request) -> Typed | None:
    """Return what was sent with a request; None for nothing, and where another site made it be sent."""
    if not came_from_here(request):
        return None
    try:
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
        has_files = bool(request.FILES)
    # Larger than the site takes, or broken off.
    except (BadRequest, SuspiciousOperation, OSError):
        return None
    fields = tuple((name, value) for name, value in sent if is_kept(name))
    return Typed(request.get_full_path(), fields, has_files) if fields or has_files else None


def typed_from(text) -> Typed | None:
    """Return what ``as_json`` said; None for nothing and for anything else."""
    try:
        address, fields, has_files = json.loads(text)
        # No page can hold a lone surrogate, which JSON can.
        fields = tuple((_encodable(name), _encodable(value)) for name, value in fields)
        typed = Typed(_encodable(address), fields, bool(has_files))
    # Nested deeper than anything of ours.
    except (ValueError, TypeError, RecursionError):
        return None
    return typed if is_of_admin(typed.address) else None


def is_kept(name):
    """Whether a field is given back: neither a password nor a token that is too old."""
    return "password" not in name.lower() and name != "csrfmiddlewaretoken"


def is_of_admin(address):
    """Whether an address lies in the admin of this very site."""
    is_here = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return is_here and address.startswith(reverse("wagtailadmin_home"))


def came_from_here(request):
    """Whether a page of this site sent the request, as far as the browser says where it comes from.

    What another site made it send is not offered to be sent again.
    """
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return False
    if said := request.headers.get("Sec-Fetch-Site"):
        return said == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    try:
        return not origin or urlsplit(origin).netloc == request.get_host()
    # An address that is none.
    except ValueError:
        return False


def page_of(address) -> str:
    """Return the address itself where it shows something, or else the next one above it that does."""
    path, _mark, query = address.partition("?")
    while path != reverse("wagtailadmin_home"):
        if answers_get(path):
            return f"{path}?{query}" if query else path
        path = path.rstrip("/").rpartition("/")[0] + "/"
        if not is_of_admin(path):
            break
    return reverse("wagtailadmin_home")


def answers_get(path) -> bool | None:
    """Whether there is a page to look at; None where a view doesn't tell."""
    try:
        view = getattr(resolve(path).func, "view_class", None)
    except Http404:
        return False
    return view and hasattr(view, "get") and "get" in view.http_method_names


def _encodable(value):
    return str(value).encode(errors="replace").decode()
