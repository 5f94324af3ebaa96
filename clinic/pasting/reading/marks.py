"""How text looks: by elements, by styles, and what of it we don't take over."""

import re
from dataclasses import replace

from .markup import classes_of, styles_of

BOLD = {"b", "strong"}
ITALIC = {"i", "em", "cite", "dfn", "var"}
STRUCK = {"s", "strike"}
# Grey, black and white are how text looks anyway.
NAMED_GREYS = {
    "black",
    "white",
    "gray",
    "grey",
    "windowtext",
    "auto",
    "inherit",
    "initial",
    "transparent",
    "none",
}
HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})$")
RGB = re.compile(r"rgba?\((\d{1,3})[ ,]+(\d{1,3})[ ,]+(\d{1,3})(?:[ ,/]+([\d.]+))?\)$")
# From the mark to the note, as Word, Docs and LibreOffice write it.
FOOTNOTE = re.compile(r"#(?:_ftn|_edn|ftnt|sdfootnote)\d+(?:sym)?$")
# Channels this near to one another make no colour that anybody meant.
NEAR = 24


def marks_of(element, marks, cocoa):
    """Return how text in the element looks, inside of what looks like ``marks``."""
    name, styles = element.name, styles_of(element)
    if name in BOLD:
        marks = replace(marks, bold=True)
    if name in ITALIC:
        marks = replace(marks, italic=True)
    if weight := styles.get("font-weight"):
        marks = replace(marks, bold=weight.startswith("bold") or weight in {"600", "700", "800", "900"})
    if slant := styles.get("font-style"):
        marks = replace(marks, italic=slant in {"italic", "oblique"})
    if raised := _raised(element, styles) or cocoa.raised(classes_of(element)):
        marks = replace(marks, raised=raised)
    if name == "a" and (href := str(element.get("href") or "").strip()):
        marks = replace(marks, href=href)
    return marks


def _raised(element, styles):
    if element.name in ("sup", "sub"):
        return element.name
    return {"super": "sup", "sub": "sub"}.get(styles.get("vertical-align"), "")


def lost_looks(element):
    """Yield words for what of the look is not taken over."""
    styles = styles_of(element)
    line = styles.get("text-decoration", "") + styles.get("text-decoration-line", "")
    if element.name in STRUCK or "line-through" in line:
        yield "struck"
    if element.name == "a" and FOOTNOTE.match(str(element.get("href") or "")):
        yield "footnote"
    if element.name != "a" and element.find_parent("a") is None:
        colours = (
            styles.get("color"),
            element.get("color"),
            styles.get("background-color") or styles.get("background"),
            element.get("bgcolor"),
        )
        if element.name == "mark" or any(is_colour(str(colour)) for colour in colours if colour):
            yield "colour"


def is_colour(value: str) -> bool:
    """Whether a style means a colour, and not the usual black on white."""
    value = value.strip().lower()
    if found := HEX.match(value):
        digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
        channels = [int(digits[place : place + 2], 16) for place in (0, 2, 4)]
    elif found := RGB.match(value):
        if found[4] and float(found[4].strip(".") or 0) == 0:
            return False
        channels = [int(channel) for channel in found.groups()[:3]]
    else:
        return value.isalpha() and value not in NAMED_GREYS
    return max(channels) - min(channels) > NEAR


def is_hidden(element) -> bool:
    """Whether readers of the copied text didn't see this."""
    styles = styles_of(element)
    return (
        element.has_attr("hidden")
        or styles.get("display") == "none"
        or styles.get("visibility") == "hidden"
        or styles.get("mso-hide") == "all"
    )


def is_sign(description: str) -> bool:
    """Whether a picture stands for a sign, as emoji do in mails."""
    return 0 < len(description) < 9 and all(ord(char) > 0x2000 for char in description)
