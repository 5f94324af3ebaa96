"""What Pages, TextEdit and Notes write: the look of a paragraph stands in rules for its class (``p.p1``)."""

import re
from collections import Counter

from .markup import classes_of, parse_styles

RULE = re.compile(r"\b(?:p|span|li)\.([a-z]+\d{1,4})\s{0,5}\{([^{}]{0,1000})\}")
SIZE = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)px")
RAISED = re.compile(r"(-?)\d{1,3}(?:\.\d{1,2})?px")
# Letters larger than those of the text by this much are a heading, where it is short.
LARGER, LONGEST_HEADING = 1.15, 120


class Cocoa:
    """The rules of one clipboard; those that other programs write have other names."""

    def __init__(self, html: str, tree):
        self.rules = {}
        if "Cocoa HTML Writer" in html or 'class="p1"' in html:
            self.rules = {name: parse_styles(body) for name, body in RULE.findall(html)}
        self.levels = self._levels_of(tree) if self.rules else {}

    def heading_level(self, element) -> int | None:
        """Return the level of a paragraph whose letters are larger than the text's."""
        words = element.get_text(strip=True) if element.name == "p" and self.levels else ""
        if not words or len(words) > LONGEST_HEADING:
            return None
        return self.levels.get(self._size_of(element))

    def raised(self, classes: str) -> str:
        """Return whether text of these classes is raised or lowered."""
        for name in classes.split():
            shift = RAISED.match(self.rules.get(name, {}).get("vertical-align", ""))
            if shift:
                return "sub" if shift[1] else "sup"
        return ""

    def _levels_of(self, tree):
        """Rank the sizes above the one that most of the text has."""
        letters = Counter()
        for element in tree.find_all("p"):
            letters[self._size_of(element)] += len(element.get_text(strip=True))
        usual = max(letters, key=letters.get, default=0)
        larger = sorted((size for size in letters if size >= LARGER * usual), reverse=True)
        return {size: level for level, size in enumerate(larger[:6], 1)} if usual else {}

    def _size_of(self, element):
        for name in classes_of(element).split():
            size = SIZE.search(self.rules.get(name, {}).get("font", ""))
            if size:
                return float(size[1])
        return 0
