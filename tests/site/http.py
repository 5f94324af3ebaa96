"""Asking the running site for a page, without a browser."""

import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

import tinyhtml5

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

    @property
    def tree(self):
        return Document(self.body).tree


class Document:
    """HTML as a parser that follows the standard reads it, with what it found wrong."""

    def __init__(self, body):
        parser = tinyhtml5.parser.HTMLParser(namespace_html_elements=False)
        self.tree = parser.parse(body, override_encoding="utf-8")
        self.errors = [f"line {line}: {code}" for (line, column), code, details in parser.errors]


def fetch(url):
    """Return the answer to a GET, whatever its status."""
    try:
        with urllib.request.urlopen(url, timeout=20) as response:  # noqa: S310
            return Answer(response.url, response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.url, error.code, error.headers, error.read())


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
