"""A page as an unknown visitor would get it from the application, made without a visitor."""

import io
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest

from clinic.core import generation

# Where one of these is in a page or its answer, it is meant for one visitor.
PERSONAL_HEADERS = ("Set-Cookie", "WWW-Authenticate")
PERSONAL_MARKS = (b"csrfmiddlewaretoken", b' nonce="', b"wagtail-userbar")


def render(address) -> bytes | None:
    """Return what may be kept of the page at an address: nothing that fails, leads elsewhere or is personal.

    Raises django.db.Error while the database is away.
    """
    response = _handler().get_response(_request(address))
    if response.status_code >= 500:
        # Was it the page, or is the database away? Then nothing more can be made now.
        generation.current()
    return response.content if _may_be_kept(response) else None


def _may_be_kept(response):
    is_page = response.status_code == 200 and not response.streaming
    said = response.get("Cache-Control", "")
    return (
        is_page
        and response.get("Content-Type") == "text/html; charset=utf-8"
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
