"""What Word, Outlook and Word in the browser write in their own way: lists that are none, notes, comments."""

import re
from typing import NamedTuple

from .markup import classes_of, number_in, styles_of

# "1.", "a)", "(iv)": a number; a dot, a square or a lone "o" is a bullet.
NUMBER = re.compile(r"\(?([0-9]{1,4}|[a-z]{1,6})[.)]+$", re.IGNORECASE)
LEVEL = re.compile(r"level(\d{1,2})")
POINTS = re.compile(r"(\d{1,3})(?:\.\d+)?pt$")
TITLE_POINTS, LONGEST_TITLE = 24, 120
COMMENTS = {"mso-comment-list", "mso-comment-reference", "comment-list", "comment"}


class FakeItem(NamedTuple):
    """A paragraph of Word's that is an item of a list."""

    chain: str
    depth: int
    marker: str

    @property
    def is_numbered(self):
        """Whether its mark is a number or a letter."""
        return bool(NUMBER.match(self.marker))


def fake_item(element) -> FakeItem | None:
    """Return what a paragraph is as an item, and take its mark out of its text; None for any other."""
    style = styles_of(element).get("mso-list", "")
    level = LEVEL.search(style)
    if not level:
        return None
    marks = element.find_all(_is_ignored)
    marker = "".join(mark.get_text() for mark in marks[:1]).replace("\xa0", " ").strip()
    for mark in marks:
        mark.extract()
    if not marker and not marks:
        return None
    return FakeItem(style.partition(" ")[0], max(int(level[1]) - 1, 0), marker)


def _is_ignored(element):
    return styles_of(element).get("mso-list") == "ignore"


def heading_level(element) -> int | None:
    """Return the level of a heading; 0 is the title of the whole text. None for what is none."""
    name = element.name
    if len(name) == 2 and name[0] == "h" and name[1] in "123456":
        return int(name[1])
    classes = classes_of(element).split()
    if "msotitle" in classes or (name == "p" and "title" in classes):
        return 0
    if element.get("role") == "heading":
        return number_in(element.get("aria-level"), least=1, most=6, otherwise=2)
    return 0 if name == "p" and _is_set_as_title(element) else None


def _is_set_as_title(element):
    """Docs has no other sign of a title than its size."""
    first = element.find("span")
    size = POINTS.match(styles_of(first).get("font-size", "")) if first else None
    return size is not None and int(size[1]) >= TITLE_POINTS and len(element.get_text()) <= LONGEST_TITLE


def is_quote(element) -> bool:
    """Whether an element is a quotation."""
    classes = classes_of(element).split()
    return element.name == "blockquote" or bool({"msoquote", "msointensequote"} & {*classes})


def is_caption(element) -> bool:
    """Whether a paragraph names a table or a picture."""
    return "msocaption" in classes_of(element).split()


def is_comment(element) -> bool:
    """Whether this is a remark beside the text, or what points to one."""
    styles = styles_of(element)
    if styles.get("mso-element") in COMMENTS or "mso-comment-reference" in styles:
        return True
    classes = classes_of(element)
    return classes.startswith(("msocomment", "msocomanchor")) or (
        element.name == "a" and str(element.get("href") or "").startswith("#cmnt")
    )


def is_deleted(element) -> bool:
    """Whether a tracked change takes this out."""
    return element.name == "del" or "msodel" in classes_of(element)
