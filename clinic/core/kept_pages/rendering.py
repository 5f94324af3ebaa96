"""A page as an unknown visitor would get it from the application, made without a visitor."""

import io
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest

from clinic.core import generation

from . import folders

# Where one of these is in a page or its answer, it is meant for one visitor.
PERSONAL_HEADERS = ("Set-Cookie", "WWW-Authenticate")
PERSONAL_MARKS = (b"csrfmiddlewaretoken", b' nonce="', b"wagtail-userbar")
# What belongs to one answer; whoever hands out a file says these anew.
OF_ONE_ANSWER = {
    "content-type",
    "content-length",
    "content-encoding",
    "cache-control",
    "etag",
    "last-modified",
    "vary",
}


@dataclass(frozen=True)
class Rendered:
    """A page that may be kept, its type, and the headers that each kept page shares."""

    content: bytes
    content_type: str
    headers: tuple


def render(address) -> Rendered | None:
    """Return what may be kept of the page at an address: nothing that fails, leads elsewhere or is personal.

    Raises django.db.Error while the database is away.
    """
    response = _handler().get_response(_request(address))
    if response.status_code >= 500:
        # Was it the page, or is the database away? Then nothing more can be made now.
        generation.current()
    return rendered(response)


def rendered(response) -> Rendered | None:
    """Return what may be kept of an answer."""
    if not _may_be_kept(response):
        return None
    shared = [(name, value) for name, value in response.items() if name.lower() not in OF_ONE_ANSWER]
    return Rendered(response.content, response["Content-Type"], tuple(sorted(shared)))


def same_headers(some, others) -> bool:
    """Whether headers say the same; a policy's parts have no order."""
    return {(name, frozenset(value.split("; "))) for name, value in some} == {
        (name, frozenset(value.split("; "))) for name, value in others
    }


def _may_be_kept(response):
    if response.status_code != 200 or response.streaming:
        return False
    said = response.get("Cache-Control", "")
    return (
        response.get("Content-Type") in folders.NAMES
        and "Content-Encoding" not in response
        and not any(header in response for header in PERSONAL_HEADERS)
        and not response.cookies
        and not any(word in said for word in ("private", "no-store"))
        and not any(mark in response.content for mark in PERSONAL_MARKS)
    )


@cache
def _handler():
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def _request(address):
    site = urlsplit(settings.SITE_URL)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "QUERY_STRING": "",
            "SCRIPT_NAME": "",
            "SERVER_NAME": site.hostname,
            "SERVER_PORT": str(site.port or {"http": 80, "https": 443}[site.scheme]),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": site.netloc,
            "HTTP_X_FORWARDED_PROTO": site.scheme,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": site.scheme,
            "wsgi.input": io.BytesIO(),
        }
    )
    # Read by templates: what changes with the hour is not baked in.
    request.is_for_keeping = True
    return request
