"""The documents that staff can open, each once as a file and nowhere else."""

import re
from dataclasses import dataclass
from itertools import pairwise

from django.conf import settings
from markdown_it import MarkdownIt

SCROLLING = '<div class="handbook__table" role="group" aria-label="Table" tabindex="0">'
FOLDER = settings.BASE_DIR / "docs"
# The documents for those who work in the admin; what operators and developers read stays with the code.
MENU = {
    "front-desk": "For the front desk",
    "editors": "For editors",
    "reviewers": "For reviewers",
    "owners": "For owners",
}


@dataclass(frozen=True)
class Document:
    """A document: its title, and what follows it as HTML."""

    title: str
    body: str


def read_document(name: str) -> Document:
    """Return a document of the menu. Raises FileNotFoundError for any other, or where it is missing."""
    if name not in MENU:
        raise FileNotFoundError(name)
    heading, _, text = (FOLDER / f"{name}.md").read_text(encoding="utf-8").partition("\n")
    # Our own text; HTML in it would be shown as text all the same.
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    # A wide table scrolls by itself, also for somebody who has only a keyboard.
    markdown.add_render_rule("table_open", lambda *_: f"{SCROLLING}<table>")
    markdown.add_render_rule("table_close", lambda *_: "</table></div>")
    tokens = markdown.parse(text)
    _name_headings(tokens)
    html = markdown.renderer.render(tokens, markdown.options, {})
    return Document(heading.removeprefix("# ").strip(), html)


def _name_headings(tokens):
    """Give each heading the name by which links lead to it, as where the files themselves are read."""
    for heading, words in pairwise(tokens):
        if heading.type == "heading_open":
            heading.attrSet("id", re.sub(r"[^\w -]", "", words.content.lower()).replace(" ", "-"))


def picture_path(name: str):
    """Return the file of a picture. Raises FileNotFoundError where there is none of this very name."""
    for path in (FOLDER / "pictures").glob("*.webp"):
        if path.name == name:
            return path
    raise FileNotFoundError(name)
