"""Asking the running site for a page, without a browser."""

import urllib.error
import urllib.request
from dataclasses import dataclass
from functools import cached_property
from http.cookiejar import CookieJar
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

import tinyhtml5

from tests.factories.forms import BROWSER

HTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Answer:
    """What came back, after following redirects."""

    url: str
    status: int
    headers: object
    body: bytes

    @property
    def is_html(self):
        return self.headers.get_content_type() == "text/html"

    @cached_property
    def document(self):
        return Document(self.body)

    @property
    def tree(self):
        return self.document.tree


class Document:
    """HTML as a parser that follows the standard reads it, with what it found wrong."""

    def __init__(self, body):
        parser = tinyhtml5.parser.HTMLParser(namespace_html_elements=False)
        self.tree = parser.parse(body, override_encoding="utf-8")
        self.errors = [f"line {line}: {code}" for (line, column), code, details in parser.errors]


def fetch(url, data=None, *, opener=None):
    """Return the answer to a GET, or to a POST of form data, whatever its status."""
    body = urlencode(data, doseq=True).encode() if data is not None else None
    opener = opener or urllib.request.build_opener()
    asked = urllib.request.Request(url, body, BROWSER)  # noqa: S310
    try:
        with opener.open(asked, timeout=20) as response:
            return Answer(response.url, response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.url, error.code, error.headers, error.read())


class StaffSession:
    """Somebody of the staff, signed in over HTTP; it keeps the cookies and sends the token along."""

    def __init__(self, site, user, password):
        self._site = site
        self._cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._cookies))
        self.get("/admin/login/")
        self.post("/admin/login/", {"login": user, "password": password})

    def get(self, path):
        """Return the answer to a GET."""
        return fetch(self._site + path, opener=self._opener)

    def find_consult(self, reference):
        """Return the bare address of a request, from whichever page of the inbox it stands on."""
        for page in range(1, 9):
            for link in self.get(f"/admin/requests/all/?p={page}").tree.iter("a"):
                if reference in "".join(link.itertext()):
                    return urlsplit(link.get("href")).path
        raise LookupError(reference)

    def post(self, path, data):
        """Return the answer to a POST."""
        token = next(cookie.value for cookie in self._cookies if cookie.name == "csrftoken")
        return fetch(self._site + path, {**data, "csrfmiddlewaretoken": token}, opener=self._opener)


def links_in(answer):
    """Return every address that the page names, absolute, without its fragment."""
    found = set()
    for element in answer.tree.iter():
        for attribute in ("href", "src", "action"):
            found.add(element.get(attribute))
        for candidate in (element.get("srcset") or "").split(","):
            found.add((candidate.split() or [None])[0])
    return {urldefrag(urljoin(answer.url, address)).url for address in found if address}


def is_on(site, url):
    """Tell whether the address belongs to the site."""
    return urlsplit(url)[:2] == urlsplit(site)[:2]
