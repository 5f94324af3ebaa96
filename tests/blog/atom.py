"""What RFC 4287 asks of a feed, read by its sections; ``faults`` says in words what a feed breaks."""

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Section 3.3: a date and time of RFC 3339 with capital letters and a zone.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
# Section 4.1.1 and 4.1.2: how often each element may stand there, at least and at most.
MANY = 10_000
FEED = {
    "author": (0, MANY),
    "category": (0, MANY),
    "contributor": (0, MANY),
    "generator": (0, 1),
    "icon": (0, 1),
    "id": (1, 1),
    "link": (0, MANY),
    "logo": (0, 1),
    "rights": (0, 1),
    "subtitle": (0, 1),
    "title": (1, 1),
    "updated": (1, 1),
    "entry": (0, MANY),
}
ENTRY = {
    "author": (0, MANY),
    "category": (0, MANY),
    "content": (0, 1),
    "contributor": (0, MANY),
    "id": (1, 1),
    "link": (0, MANY),
    "published": (0, 1),
    "rights": (0, 1),
    "source": (0, 1),
    "summary": (0, 1),
    "title": (1, 1),
    "updated": (1, 1),
}
PERSON = {"name": (1, 1), "uri": (0, 1), "email": (0, 1)}
TEXTS = ("title", "subtitle", "summary", "rights")
LINK_ATTRIBUTES = {"href", "rel", "type", "hreflang", "title", "length"}
# Section 4.2.7.2: short names that are registered.
RELATIONS = {"alternate", "related", "self", "enclosure", "via"}


def faults(content: bytes) -> list[str]:
    """Return what the feed breaks, in words; nothing for a valid one."""
    feed = ElementTree.fromstring(content)  # noqa: S314
    if feed.tag != f"{ATOM}feed":
        return ["the root is no feed"]
    found = [*_of_children(feed, FEED, "feed"), *_of_parts(feed, "feed")]
    entries = feed.findall(f"{ATOM}entry")
    for number, entry in enumerate(entries, start=1):
        place = f"entry {number}"
        found += [*_of_children(entry, ENTRY, place), *_of_parts(entry, place)]
        if not entry.findall(f"{ATOM}author") and not feed.findall(f"{ATOM}author"):
            found.append(f"{place}: nobody is its author (4.1.2)")
        if entry.find(f"{ATOM}content") is None and not _links(entry, "alternate"):
            found.append(f"{place}: neither content nor a link to it (4.1.2)")
    found += [
        f"the id {name} stands {times} times (4.1.1)"
        for name, times in Counter(_text(entry, "id") for entry in entries).items()
        if times > 1
    ]
    if len(_links(feed, "self")) != 1:
        found.append("feed: it should say its own address (4.1.1)")
    return found


def _of_children(element, allowed, place):
    """Yield which children stand there that may not, or how often."""
    times = Counter(child.tag.removeprefix(ATOM) for child in element)
    for name in times.keys() - allowed.keys():
        yield f"{place}: {name} may not stand there"
    for name, (least, most) in allowed.items():
        if not least <= times[name] <= most:
            yield f"{place}: {name} stands {times[name]} times"
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        yield f"{place}: words outside its elements"


def _of_parts(element, place):
    for child in element:
        name = child.tag.removeprefix(ATOM)
        if name in TEXTS:
            yield from _of_text(child, f"{place}, {name}")
        elif name in ("updated", "published") and not MOMENT.fullmatch(child.text or ""):
            yield f"{place}: {name} is no moment (3.3)"
        elif name == "id" and not _is_absolute(child.text):
            yield f"{place}: its id is no absolute address (4.2.6)"
        elif name in ("author", "contributor"):
            yield from _of_children(child, PERSON, f"{place}, {name}")
            if not _text(child, "name"):
                yield f"{place}: {name} without a name (3.2.1)"
        elif name == "link":
            yield from _of_link(child, place)
    alternates = Counter((link.get("type"), link.get("hreflang")) for link in _links(element, "alternate"))
    if any(times > 1 for times in alternates.values()):
        yield f"{place}: several links of one kind (4.1.1)"


def _of_text(element, place):
    kind = element.get("type", "text")
    if kind not in ("text", "html"):
        yield f"{place}: of the type {kind} (3.1.1)"
    if len(element):
        yield f"{place}: elements in a text (3.1.1)"
    if kind == "html" and not _is_sound_html(element.text or ""):
        yield f"{place}: an ampersand or angle that is no HTML (3.1.1.2)"


def _is_sound_html(text):
    """Whether nothing of a text was meant as words and would be read as markup."""
    parser = _Tags()
    parser.feed(text)
    parser.close()
    return not parser.tags and not re.search(r"&(?!#?\w+;)", text)


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)


def _of_link(link, place):
    if not _is_absolute(link.get("href")):
        yield f"{place}: a link that leads nowhere (4.2.7.1)"
    if unknown := set(link.keys()) - LINK_ATTRIBUTES - {LANG}:
        yield f"{place}: a link with {unknown}"
    if link.get("rel", "alternate") not in RELATIONS:
        yield f"{place}: a link that is {link.get('rel')} (4.2.7.2)"


def _links(element, relation):
    return [link for link in element.findall(f"{ATOM}link") if link.get("rel", "alternate") == relation]


def _text(element, name):
    return (element.findtext(f"{ATOM}{name}") or "").strip()


def _is_absolute(address):
    parts = urlsplit(address or "")
    return bool(parts.scheme and (parts.netloc or parts.path)) and address == address.strip()
