"""One window of the browser, and a record of whom it spoke to and what it complained about."""

import contextlib
import os
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import Error

from tests.site.http import is_on

# What the front desk of the demo reads on its wall.
DESK_CLOCK = ZoneInfo("America/Denver")


def follow(target):
    """Click a link or a button that leads elsewhere, and wait until all of the next page is there.

    Playwright's click alone returns while the next document may still be an empty one.
    """
    with target.page.expect_navigation(wait_until="load"):
        target.click()


# The editor looks for changes a moment after it opened; who reads the page first is slower than that.
WATCHES = (
    "addEventListener('w-unsaved:watch-edits', () => { document.documentElement.dataset.watching = 'yes' })"
)


def wait_until_watched(page):
    """Wait until the editor of the CMS sees what is typed, and saves it by itself."""
    page.locator("html[data-watching]").wait_for(state="attached")


# Where a page says what happened, on the site and in the CMS.
TELLING = ("h1", ".messages", "dialog[open], [role=dialog]:visible", ".w-autosave-indicator")


class Visit:
    """A page in a context of its own; ``strangers`` and ``complaints`` should stay empty."""

    def __init__(self, context, site):
        self._context = context
        self._site = site
        self.strangers = set()
        self.complaints = []
        # Long: beside other tests a browser may be kept waiting for many seconds.
        context.set_default_timeout(60_000)
        context.on("request", self._note_host)
        context.on("console", self._note_message)
        context.on("weberror", lambda error: self.complaints.append(f"{self.path}: {error.error}"))
        context.add_init_script(WATCHES)
        self.page = context.new_page()

    @property
    def path(self):
        """The path of the address the window shows."""
        return urlsplit(self.page.url).path

    def go(self, address):
        """Open the address and return the response."""
        return self.page.goto(address, wait_until="load")

    def film(self, name):
        """Take a picture of the page for whoever looks at it later; FILM names the folder, if any."""
        if folder := os.environ.get("FILM"):
            self.page.screenshot(path=f"{folder}/{name}.png", full_page=True)

    def tell(self):
        """Print what somebody sees in the window; pytest shows it of tests that failed."""
        with contextlib.suppress(Error):
            print(self.page.url, *self.complaints, sep="\n")
            for place in TELLING:
                print(*self.page.locator(place).all_inner_texts(), sep="\n")

    def close(self):
        """Close the window and forget its cookies."""
        self._context.close()

    def _note_host(self, request):
        if urlsplit(request.url).scheme not in ("data", "blob") and not is_on(self._site, request.url):
            self.strangers.add(request.url)

    def _note_message(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(f"{self.path}: {message.text}")
