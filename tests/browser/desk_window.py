"""The desk in one window, which counts what a piece of work there costs."""

import re
from typing import NamedTuple

from tests.factories.forms import form_data
from tests.site.demo import PUBLIC_REFERENCE
from tests.site.http import fetch

from .taps import Taps

# Whether a finger meets it at once: within the window, and below nothing else.
IN_SIGHT = """node => {
  const { x, y, width, height } = node.getBoundingClientRect();
  const there = document.elementFromPoint(x + width / 2, y + height / 2);
  return there !== null && node.contains(there);
}"""


def send(demo_site, path="/consultation/", **changes):
    """Send a request the way a browser does, and return its reference."""
    page = fetch(f"{demo_site.url}{path}").tree
    token = next(field.get("value") for field in page.iter("input") if field.get("name") == "token")
    answer = fetch(f"{demo_site.url}{path}", form_data(**{"email": "", "token": token, **changes}))
    return PUBLIC_REFERENCE.search(answer.body.decode())[0].replace("-", "")


class Cost(NamedTuple):
    """What a piece of work took: presses, documents that were loaded, and scrolls to what was pressed."""

    taps: int
    loads: int
    scrolls: int


class Desk:
    """The desk in one window, which counts every document that is loaded into it."""

    def __init__(self, window):
        self.window, self.page = window, window.page
        self.taps = Taps(window)
        self.loads, self.scrolls = [], 0
        self.page.on("framenavigated", lambda frame: self.loads.append(frame.url))

    def find(self, reference):
        """Go to the page of the list on which a request stands; from then on loads count."""
        is_row = re.compile(rf'class="desk__reference"[^>]*>{reference}<')
        addresses = (f"/admin/requests/?p={number}" for number in range(1, 9))
        found = (each for each in addresses if is_row.search(self.page.request.get(each).text()))
        self.page.goto(next(found, "/admin/requests/"))
        self.loads.clear()
        return self.row(reference)

    def row(self, reference):
        """Return the row of a request."""
        return self.page.locator("[data-row]").filter(has_text=reference)

    def card(self, reference):
        """Return what is open in the row of a request."""
        return self.row(reference).locator("[data-card]")

    def open(self, reference):
        """Open a request in its row, and return what opened. Finding the row is no part of what it costs."""
        self.row(reference).scroll_into_view_if_needed()
        self.tap(self.row(reference).locator("[data-open-here]"))
        self.card(reference).locator(".contact").wait_for()
        return self.card(reference)

    def tap(self, target):
        """Press something, and remember whether somebody had to scroll to it first."""
        self.scrolls += not target.evaluate(IN_SIGHT)
        target.click()

    def cost(self):
        """Return what was spent since the last time, and begin anew."""
        spent = Cost(self.taps.count, len(self.loads), self.scrolls)
        self.taps.count = self.scrolls = 0
        self.loads.clear()
        return spent

    def said(self):
        """Return what the desk says came of the last tap."""
        return " ".join(self.page.locator("[data-said]").inner_text().split())

    def wait_for_word(self, *words):
        """Wait until the desk says all of this, and return it."""
        said = self.page.locator("[data-said]")
        for each in words:
            said = said.filter(has_text=each)
        said.wait_for()
        return self.said()
