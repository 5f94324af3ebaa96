"""Browsers that people still carry in their pockets, played by today's Chromium without what they lack.

What a browser doesn't know is cut out of the stylesheet as that browser would: a rule whose selector it can't
read, a declaration whose name or value it can't, a block whose name it never heard of. From the pages goes
what makes a popover, and from the scripts' world what was not yet there.
"""

import re
from dataclasses import dataclass

AT_RULES_TO_ENTER = ("@media", "@supports")
AT_RULES_TO_KEEP = ("@font-face", "@page")
TOKEN = re.compile(r"([^{};]*)([{};])")


@dataclass(eq=False)
class OldBrowser:
    """What one browser lacks, as patterns that find it in CSS, and names in the world of scripts."""

    name: str
    selectors: str
    names: str
    values: str
    has_flex_gap: bool = True
    has_popover: bool = False
    missing: tuple = ()

    def reads(self, css):
        """Return the stylesheet that this browser makes of ours."""
        return self._block(_Reader(css))

    def open(self, window):
        """Let a window of the browser tests be this browser from the next page on."""
        context = window.page.context
        context.route(re.compile(r"/css/site[^/]*\.css"), self._serve_stylesheet)
        if not self.has_popover:
            context.route(lambda address: "/static/" not in address, self._serve_page)
        for path in self.missing:
            context.add_init_script(f"delete {path}")

    def _serve_stylesheet(self, route):
        route.fulfill(body=self.reads(route.fetch().text()), content_type="text/css")

    def _serve_page(self, route):
        if route.request.resource_type != "document":
            route.continue_()
            return
        answer = route.fetch(max_redirects=0)
        if "text/html" not in answer.headers.get("content-type", ""):
            route.fulfill(response=answer)
            return
        page = re.sub(r' popover(?:target(?:action)?="[^"]*")?(?=[ >])', "", answer.text())
        route.fulfill(response=answer, body=page)

    def _block(self, reader):
        """Read rules and declarations up to the closing brace."""
        kept, declarations = [], []
        for text, mark in reader:
            if mark == "{":
                kept.append(self._rule(text, reader))
            elif text:
                declarations.append(text)
            if mark == "}":
                break
        return "".join(f"{line};" for line in declarations if self._knows(line)) + "".join(kept)

    def _rule(self, prelude, reader):
        if prelude.startswith(AT_RULES_TO_KEEP):
            return f"{prelude} {{{self._block(reader)}}}"
        if not prelude.startswith("@"):
            return self._style(prelude, reader)
        body = self._block(reader)
        if prelude.startswith("@supports"):
            return body if self._supports(prelude) else ""
        return f"{prelude} {{{body}}}" if prelude.startswith(AT_RULES_TO_ENTER) else ""

    def _style(self, selector, reader):
        lines, depth = [], 0
        for text, mark in reader:
            # It knows no rule within a rule.
            if not depth and mark != "{" and text:
                lines.append(text)
            depth += {"{": 1, "}": -1}.get(mark, 0)
            if depth < 0:
                break
        if re.search(self.selectors, selector):
            return ""
        is_flex = any(re.match(r"display: (?:inline-)?flex$", line) for line in lines)
        known = [line for line in lines if self._knows(line)]
        if is_flex and not self.has_flex_gap:
            known = [line for line in known if not re.match(r"(?:row-|column-)?gap:", line)]
        return f"{selector} {{{''.join(f'{line};' for line in known)}}}\n"

    def _knows(self, declaration):
        name, _, value = declaration.partition(":")
        return name.startswith("--") or not (re.fullmatch(self.names, name) or re.search(self.values, value))

    def _supports(self, prelude):
        lacks = bool(re.search(self.selectors, prelude) or re.search(self.values, prelude))
        return lacks if "@supports not" in prelude else not lacks


class _Reader:
    """The pieces of a stylesheet with what ends each: ``{``, ``}`` or ``;``."""

    def __init__(self, css):
        css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
        self._pieces = TOKEN.finditer(css)

    def __iter__(self):
        return self

    def __next__(self):
        piece = next(self._pieces)
        return " ".join(piece[1].split()), piece[2]


# Neither layers nor nesting, container queries, :has(), popovers, light-dark(): that goes for both.
_OF_2021 = {
    "selectors": r":has\(|:popover-open|::details-content|:nth-child\([^)]* of |:user-(?:in)?valid|:open\b",
    "names": r"text-wrap|accent-color|content-visibility|text-box.*|interpolate-size|field-sizing",
    "values": r"light-dark\(|\d[dsl]vh|color-mix\(|okl(?:ch|ab)\(|^ inline-(?:start|end)$|calc-size\(",
    "missing": (
        "HTMLElement.prototype.showPopover",
        "HTMLElement.prototype.popover",
        "Array.prototype.at",
        "Array.prototype.findLast",
        "Array.prototype.toSorted",
        "Object.hasOwn",
        "Object.groupBy",
        "window.structuredClone",
    ),
}
CHROME_90 = OldBrowser("Chrome 90", **_OF_2021)
SAFARI_14 = OldBrowser(
    "Safari 14",
    **{
        **_OF_2021,
        "selectors": _OF_2021["selectors"] + r"|:focus-visible|::backdrop|::marker|:dir\(|:autofill",
        "names": _OF_2021["names"]
        + r"|aspect-ratio|inset.*|(?:margin|padding|border|scroll-margin|scroll-padding)-(?:inline|block)"
        r"|overscroll-behavior.*|(?:-webkit-)?text-size-adjust",
        "values": _OF_2021["values"] + r"|^ anywhere$|^ clip$|/ \"",
        "missing": (
            *_OF_2021["missing"],
            "HTMLFormElement.prototype.requestSubmit",
            "Crypto.prototype.randomUUID",
            "window.BroadcastChannel",
        ),
    },
    has_flex_gap=False,
)
FIREFOX_ESR = OldBrowser(
    "Firefox ESR",
    selectors=r"::details-content",
    names=r"text-box.*|interpolate-size|field-sizing|reading-flow",
    values=r"^ (?:pretty)$|calc-size\(",
    has_popover=True,
)
OLD_BROWSERS = [SAFARI_14, CHROME_90, FIREFOX_ESR]
