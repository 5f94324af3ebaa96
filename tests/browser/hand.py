"""A patient's hand on Chromium: what tests/journeys/patient.py asks of a browser."""

from .visit import follow


class ChromiumHand:
    """One window of the browser, on one site."""

    def __init__(self, window):
        self.window = window
        self.page = window.page

    def go(self, path):
        """Open an address of the site."""
        self.window.go(path)

    def back(self):
        """Press Back."""
        self.page.go_back(wait_until="load")

    def reload(self):
        """Press Reload."""
        self.page.reload(wait_until="load")

    @property
    def path(self):
        """The path of the address the window shows."""
        return self.window.path

    @property
    def title(self):
        """The title of the page."""
        return self.page.title()

    def count(self, selector):
        """Return how many elements a selector finds."""
        return self.page.locator(selector).count()

    def text(self, selector):
        """Return the words that can be seen in an element."""
        return self._first(selector).inner_text()

    def attribute(self, selector, name):
        """Return an attribute, or nothing."""
        return self._first(selector).get_attribute(name)

    def value(self, selector):
        """Return what stands in a field."""
        return self._first(selector).input_value()

    def is_checked(self, selector):
        """Tell whether a box or a choice is taken."""
        return self._first(selector).is_checked()

    def is_shown(self, selector):
        """Tell whether an element can be seen."""
        return self._first(selector).is_visible()

    def has_focus(self, selector):
        """Tell whether what is typed would go there."""
        return self._first(selector).evaluate("element => element === document.activeElement")

    def evaluate(self, script, *arguments):
        """Return what a function's body answers in the page."""
        return self.page.evaluate(f"all => (function () {{ {script} }})(...all)", list(arguments))

    def write(self, selector, text):
        """Put a text in the place of what stands in a field."""
        self._first(selector).fill(text)

    def press(self, selector):
        """Click something that leads nowhere else."""
        self._first(selector).click()

    def follow(self, selector):
        """Click something that leads elsewhere, and wait until all of the next page is there."""
        follow(self._first(selector))

    def wait_for(self, path, selector):
        """Wait until an address is open and something on it can be seen."""
        self.page.wait_for_url(f"**{path}", wait_until="load")
        self._first(selector).wait_for()

    def _first(self, selector):
        return self.page.locator(selector).first
