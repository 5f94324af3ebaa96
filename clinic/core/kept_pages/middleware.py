"""Answering with a kept page where there is one: without a query, a template or a session."""

import zlib
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response

from .folders import file_of, is_plain
from .watch import WATCH

REMEMBERED = 200


class KeptPagesMiddleware:
    """Hands out kept pages to visitors of the site's own address who are not signed in."""

    def __init__(self, get_response):
        self.get_response = get_response
        self._host = urlsplit(settings.SITE_URL).netloc

    def __call__(self, request):
        return self._kept(request) or self.get_response(request)

    def _kept(self, request):
        folder = WATCH.folder
        if folder is None or not self._is_for_anybody(request):
            return None
        path = file_of(folder, request.path_info)
        kept = path and _read(str(path), _takes_gzip(request))
        return _answer(request, *kept) if kept else None

    def _is_for_anybody(self, request):
        return (
            request.method in ("GET", "HEAD")
            and request.META.get("HTTP_HOST") == self._host
            and settings.SESSION_COOKIE_NAME not in request.META.get("HTTP_COOKIE", "")
            and is_plain(request.META.get("QUERY_STRING", ""))
            # A writer that asks for a page wants a new one.
            and not hasattr(request, "is_for_keeping")
        )


def _takes_gzip(request):
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "").lower().replace(" ", "").split(",")
    return "gzip" in accepted


def _answer(request, content, is_packed, tag):
    response = HttpResponse(content)
    response["ETag"] = tag
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = "no-cache"
    response["X-Frame-Options"] = settings.X_FRAME_OPTIONS
    response["Content-Length"] = str(len(content))
    if is_packed:
        response["Content-Encoding"] = "gzip"
    return get_conditional_response(request, etag=tag, response=response)


def _read(path, packed):
    """Return content, whether it is packed, and tag; None where there is no such file."""
    try:
        return _remembered(path, packed)
    except OSError:
        return None


@lru_cache(maxsize=REMEMBERED)
def _remembered(path, packed):
    """Remember it by its name: a folder is never written again once it holds. What is missing raises."""
    content = Path(f"{path}.gz" if packed else path).read_bytes()
    return content, packed, f'"{zlib.crc32(content):08x}-{len(content):x}"'
