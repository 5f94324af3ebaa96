"""The HTML as a tree, without comments and without what was never text."""

import re

from bs4 import BeautifulSoup

# Word's <![if …]> and the like; what they stand around is kept.
DECLARATION = re.compile(r"<[!?][^<>]{0,500}>")
# What is no text, by the word under which it is said. "" needs no word.
NO_TEXT = {
    "script": "script",
    "style": "",
    "head": "",
    "title": "",
    "meta": "",
    "link": "",
    "base": "",
    "template": "",
    "noscript": "",
    "xml": "",
    "colgroup": "",
    "col": "",
    "iframe": "embedded",
    "object": "embedded",
    "embed": "embedded",
    "video": "embedded",
    "audio": "embedded",
    "canvas": "embedded",
    "map": "embedded",
    "svg": "picture",
    "math": "formula",
    "input": "control",
    "select": "control",
    "textarea": "control",
    "button": "control",
}
BLOCKS = frozenset(
    "address article aside body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form header hgroup hr html legend main menu nav p pre section summary tbody td tfoot th thead "
    "tr ul ol li blockquote table h1 h2 h3 h4 h5 h6".split()
)
# Deeper than this only the words are read.
DEEPEST = 150


def tree_of(html: str):
    """Return the tree."""
    html = DECLARATION.sub("", without_comments(html))
    # What begins like a declaration and never ends is text.
    return BeautifulSoup(html.replace("<!", "&lt;!").replace("<?", "&lt;?"), "html.parser")


def without_comments(html: str) -> str:
    """Return the HTML without comments and what Word hides in them; one that never ends takes the rest."""
    kept, start = [], 0
    while (begin := html.find("<!--", start)) >= 0:
        kept.append(html[start:begin])
        end = html.find("-->", begin)
        if end < 0:
            return "".join(kept)
        start = end + len("-->")
    return "".join([*kept, html[start:]])


def styles_of(element) -> dict[str, str]:
    """Return what the element's own style says, in small letters."""
    return parse_styles(str(element.get("style") or ""))


def parse_styles(text: str) -> dict[str, str]:
    """Return properties by name."""
    pairs = (pair.partition(":") for pair in text[:5000].lower().split(";"))
    return {name.strip(): value.strip() for name, _colon, value in pairs if value}


def classes_of(element) -> str:
    """Return the classes in one small-lettered text."""
    found = element.get("class") or ""
    return (" ".join(found) if isinstance(found, list) else found).casefold()


def number_in(text, *, least=0, most=999, otherwise=0) -> int:
    """Return a number that an attribute bears, kept within bounds."""
    text = str(text or "").strip()
    return min(max(int(text), least), most) if text.isdecimal() and len(text) <= 6 else otherwise
