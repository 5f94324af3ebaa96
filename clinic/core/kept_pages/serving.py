"""Answering with a kept page where there is one: before Django begins, without a query or a template."""

from email.utils import formatdate
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from . import folders, visits
from .packing import ENDINGS, packers
from .watch import WATCH

# Contents in memory, each form by itself; all others are read each time.
REMEMBERED = 64
PLAIN = ("", None)


class KeptPages:
    """The application, with kept pages before it."""

    def __init__(self, application):
        self._application = application

    def __call__(self, environ, start_response):
        found = _kept(environ)
        if found is None:
            return self._application(environ, start_response)
        status, headers, body = found
        start_response(status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def is_for_anybody(environ) -> bool:
    """Whether a request is one that everybody might send: of this site, plain, by nobody who is signed in."""
    host, secure = _own()
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and environ.get("HTTP_HOST") == host
        and (secure is None or environ.get(secure[0]) == secure[1])
        and not environ.get("SCRIPT_NAME")
        and settings.SESSION_COOKIE_NAME not in environ.get("HTTP_COOKIE", "")
        and folders.is_plain(environ.get("QUERY_STRING", ""))
    )


def _own():
    """Return the host of this site, and the header by which a request has to say that it came through TLS."""
    secure = settings.SECURE_PROXY_SSL_HEADER if settings.SECURE_SSL_REDIRECT else None
    return _host_of(settings.SITE_URL), secure


@lru_cache(maxsize=1)
def _host_of(url):
    return urlsplit(url).netloc


def _kept(environ):
    """Return status, headers and body of the kept answer; None where the application has to make one."""
    folder = WATCH.folder_now()
    if folder is None or not is_for_anybody(environ):
        return None
    address = environ["PATH_INFO"]
    found = _find(folders.files_of(folder, address), _forms_for(environ))
    if not found:
        return None
    visits.count(address)
    body, headers = found
    if _is_known(environ, dict(headers)):
        return "304 Not Modified", [pair for pair in headers if pair[0] not in OF_A_BODY], b""
    return "200 OK", headers, body


OF_A_BODY = {"Content-Type", "Content-Length", "Content-Encoding"}


def _is_known(environ, headers):
    """Whether the visitor has this very page already."""
    if tags := environ.get("HTTP_IF_NONE_MATCH"):
        given = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return headers["ETag"] in given or "*" in given
    return environ.get("HTTP_IF_MODIFIED_SINCE") == headers["Last-Modified"]


def _forms_for(environ):
    """Return endings and names of the forms that a browser takes, the best first."""
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "").lower().replace(" ", "").split(",")
    return [*((ENDINGS[name], name) for name in packers() if name in accepted), PLAIN]


def _find(paths, forms):
    """Return content and headers of the one of these files that is there; None where there is none."""
    for path in paths:
        for ending, name in forms:
            try:
                return _remembered(str(path), ending, name)
            except OSError:
                continue
    return None


@lru_cache(maxsize=REMEMBERED)
def _remembered(path, ending, name):
    """Remember it by its name: what is once written never changes. What is missing raises OSError."""
    file = Path(path + ending)
    content, seconds = file.read_bytes(), int(file.stat().st_mtime)
    folder = folders.home() / file.relative_to(folders.home()).parts[0]
    about = folders.about(folder)
    if about is None:
        raise FileNotFoundError(folder)
    own = [
        ("Content-Type", folders.TYPES[Path(path).name]),
        ("Content-Length", str(len(content))),
        ("Last-Modified", formatdate(seconds, usegmt=True)),
        # As nginx makes it, of time and size.
        ("ETag", f'"{seconds:x}-{len(content):x}"'),
        ("Vary", "Accept-Encoding"),
        ("Cache-Control", "no-cache"),
    ]
    packed = [("Content-Encoding", name)] if name else []
    return content, [*own, *packed, *about.headers]
