"""Answers that say the same to everybody: asked for again they are "not modified", and they go out packed.

Never what holds a secret. Packed together with something that a stranger chooses, such as a query, its length
would tell the secret bit by bit (BREACH); and an answer for one person is no matter of comparing.
"""

import gzip
import hashlib

from django.conf import settings
from django.utils.cache import get_conditional_response, patch_vary_headers

from .kept_pages.rendering import PERSONAL_HEADERS, PERSONAL_MARKS

TYPES = ("text/html", "text/plain", "application/xml", "application/atom+xml")
# Below this the packing costs more than it saves (bytes).
WORTH_PACKING = 500
LEVEL = 5


class PlainAnswersMiddleware:
    """Compares and packs what the application renders for an unknown visitor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not _is_for_everybody(request, response):
            return response
        is_packed = len(response.content) >= WORTH_PACKING and _takes_gzip(request)
        # Each form has a tag of its own, as has what is on the way of a browser that asks for the other.
        digest = hashlib.blake2b(response.content, digest_size=12).hexdigest()
        response["ETag"] = f'"{digest}-gz"' if is_packed else f'"{digest}"'
        response.setdefault("Cache-Control", "no-cache")
        patch_vary_headers(response, ["Accept-Encoding"])
        conditional = get_conditional_response(request, etag=response["ETag"], response=response)
        if conditional is response and is_packed:
            _pack(response)
        return conditional


def _is_for_everybody(request, response):
    return (
        request.method in ("GET", "HEAD")
        # Whoever keeps it compares and packs it himself.
        and not hasattr(request, "is_for_keeping")
        and response.status_code == 200
        and not response.streaming
        and response.get("Content-Type", "").partition(";")[0] in TYPES
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not response.cookies
        and not any(header in response for header in (*PERSONAL_HEADERS, "ETag", "Content-Encoding"))
        and not any(word in response.get("Cache-Control", "") for word in ("private", "no-store"))
        and not any(mark in response.content for mark in PERSONAL_MARKS)
    )


def _takes_gzip(request):
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "").lower().replace(" ", "").split(",")
    return "gzip" in accepted


def _pack(response):
    response.content = gzip.compress(response.content, LEVEL, mtime=0)
    response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))
