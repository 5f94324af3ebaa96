"""Rich text as paragraphs: words joined across bold and links, with the links and marks in them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .plain_text import clean

BLOCKS = set("p li h2 h3 h4 h5 h6 blockquote td th caption dt dd div pre".split())
_MARK = re.compile(r"\[\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\]")


@dataclass
class Paragraph:
    """A paragraph, an item or a heading of rich text."""

    tag: str
    text: str = ""
    links: list = field(default_factory=list)
    is_cited: bool = False
    list_number: int = 0


def paragraphs_of(html):
    """Return the paragraphs of rich text, in order, with nothing empty but headings."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.finish()
    return [found for found in reader.found if found.text or found.tag.startswith("h")]


def has_mark(text):
    """Whether a text names the number of a reference, such as [1]."""
    return bool(_MARK.search(text))


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []
        self._lists = 0
        self._begin("p")

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in BLOCKS:
            self.finish()
            self._begin(tag)
        elif tag in ("ul", "ol"):
            self.finish()
            self._lists += 1
            self._begin("p")
        elif tag == "br":
            self._parts.append("\n")
        elif tag == "a" and attrs.get("linktype") == "reference":
            self._now.is_cited = True
        elif tag == "a":
            self._link = []

    def handle_endtag(self, tag):
        if tag in BLOCKS or tag in ("ul", "ol"):
            self.finish()
            self._begin("p")
        elif tag == "a" and self._link is not None:
            self._now.links.append(clean("".join(self._link)))
            self._link = None

    def handle_data(self, data):
        self._parts.append(data)
        if self._link is not None:
            self._link.append(data)

    def _begin(self, tag):
        self._now = Paragraph(tag, list_number=self._lists if tag == "li" else 0)
        self._parts = []
        self._link = None

    def finish(self):
        """Close the paragraph that is open."""
        text = "".join(self._parts)
        self._now.text = "\n".join(filter(None, map(clean, text.split("\n"))))
        self._now.is_cited = self._now.is_cited or has_mark(text)
        self.found.append(self._now)
        self._parts = []
