"""A patient's hand on Firefox: what tests/journeys/patient.py asks of a browser."""

import contextlib
import time
from urllib.parse import urlsplit

from .marionette import ELEMENT, Refused

# The least window is wider than a phone, so the page itself is narrowed, as the tools for developers do it.
NARROW = "gBrowser.selectedBrowser.style.maxWidth = arguments[0] ? arguments[0] + 'px' : ''; return true;"
SCRIPTS = "Services.prefs.setBoolPref('javascript.enabled', arguments[0]); return true;"
SCHEME = """
  Services.prefs.setIntPref("layout.css.prefers-color-scheme.content-override", arguments[0]);
  return true;
"""
DARK, LIGHT = 0, 1
PATIENCE = 20
OFFERS_ASKED = 6
WINDOW = {"width": 1000, "height": 930}
# What the browser keeps of its user, as its own settings would write it.
KNOW = """
  const done = arguments[arguments.length - 1];
  const { formAutofillStorage } = ChromeUtils.importESModule("resource://autofill/FormAutofillStorage.sys.mjs");
  formAutofillStorage.initialize()
    .then(() => formAutofillStorage.addresses.removeAll())
    .then(() => arguments[0] && formAutofillStorage.addresses.add(arguments[0]))
    .then(() => done(null), (error) => done(String(error)));
"""
OFFERS = "return document.getElementById('PopupAutoComplete')?.state === 'open';"
DOWN, ENTER = "\ue015", "\ue007"
# What a click answers where the page it was on is already gone.
GONE = {"stale element reference", "no such window", "no such element"}


class FirefoxHand:
    """One tab of the browser, on one site."""

    def __init__(self, connection, site, *, javascript=True, width=390, scheme="light"):
        self._connection = connection
        self._site = site
        connection.ask("WebDriver:SetWindowRect", **WINDOW)
        self.privileged(NARROW, width)
        self.privileged(SCRIPTS, javascript)
        self.privileged(SCHEME, DARK if scheme == "dark" else LIGHT)

    def privileged(self, script, *arguments):
        """Run a script as the browser itself, whatever the page may."""
        self._connection.ask("Marionette:SetContext", value="chrome")
        try:
            return self._connection.ask("WebDriver:ExecuteScript", script=script, args=list(arguments))
        finally:
            self._connection.ask("Marionette:SetContext", value="content")

    def know(self, address):
        """Let the browser know a person, and nobody else."""
        self._connection.ask("Marionette:SetContext", value="chrome")
        try:
            failed = self._connection.ask("WebDriver:ExecuteAsyncScript", script=KNOW, args=[address])
        finally:
            self._connection.ask("Marionette:SetContext", value="content")
        assert not failed, failed

    def forget(self):
        """Let the browser forget who it knew."""
        self.know(None)

    def take_what_is_offered(self, selector):
        """Let the browser fill in what it knows, as somebody takes the first of what a field offers."""
        self.press(selector)
        for _ in range(OFFERS_ASKED):
            # It offers what it knows once it has looked at the form, and looks again at the next key.
            self._ask_of(selector, "ElementSendKeys", text=DOWN)
            if _comes_true(lambda: self.privileged(OFFERS), 3):
                break
        else:
            raise AssertionError("nothing was offered")
        self._ask_of(selector, "ElementSendKeys", text=DOWN)
        self._ask_of(selector, "ElementSendKeys", text=ENTER)
        assert _comes_true(lambda: self.value(selector)), "nothing was filled in"

    def go(self, path):
        """Open an address of the site."""
        self._connection.ask("WebDriver:Navigate", url=self._site + path)

    def back(self):
        """Press Back."""
        self._connection.ask("WebDriver:Back")

    def reload(self):
        """Press Reload."""
        self._connection.ask("WebDriver:Refresh")

    @property
    def path(self):
        """The path of the address the window shows."""
        return urlsplit(self._connection.ask("WebDriver:GetCurrentURL")).path

    @property
    def title(self):
        """The title of the page."""
        return self._connection.ask("WebDriver:GetTitle")

    def count(self, selector):
        """Return how many elements a selector finds."""
        return len(self._connection.ask("WebDriver:FindElements", using="css selector", value=selector))

    def text(self, selector):
        """Return the words that can be seen in an element."""
        return self._ask_of(selector, "GetElementText")

    def attribute(self, selector, name):
        """Return an attribute, or nothing."""
        return self._ask_of(selector, "GetElementAttribute", name=name)

    def value(self, selector):
        """Return what stands in a field."""
        return self._ask_of(selector, "GetElementProperty", name="value")

    def is_checked(self, selector):
        """Tell whether a box or a choice is taken."""
        return self._ask_of(selector, "IsElementSelected")

    def is_shown(self, selector):
        """Tell whether an element can be seen."""
        return self._ask_of(selector, "IsElementDisplayed")

    def has_focus(self, selector):
        """Tell whether what is typed would go there."""
        return self.evaluate(
            "return document.activeElement === document.querySelector(arguments[0])", selector
        )

    def evaluate(self, script, *arguments):
        """Return what a function's body answers in the page."""
        return self._connection.ask("WebDriver:ExecuteScript", script=script, args=list(arguments))

    def write(self, selector, text):
        """Put a text in the place of what stands in a field, key by key."""
        self._ask_of(selector, "ElementClear")
        self._ask_of(selector, "ElementSendKeys", text=text)

    def press(self, selector):
        """Click something that leads nowhere else."""
        self._ask_of(selector, "ElementClick")

    def follow(self, selector):
        """Click something that leads elsewhere, and wait until all of the next page is there."""
        before, target = self._find("html"), self._find(selector)
        try:
            self._connection.ask("WebDriver:ElementClick", id=target)
        except Refused as refused:
            if refused.name not in GONE:
                raise
        arrived = _comes_true(lambda: self._is_gone(before) and self._is_loaded())
        assert arrived, f"{selector} led nowhere from {self.path}"

    def wait_for(self, path, selector):
        """Wait until an address is open and something on it can be seen."""
        arrived = _comes_true(lambda: self.path == path and self._is_loaded() and self.is_shown(selector))
        assert arrived, f"{path} did not come, {self.path} is still there"

    def _is_loaded(self):
        return self.evaluate("return document.readyState") == "complete"

    def _is_gone(self, element):
        try:
            self._connection.ask("WebDriver:GetElementTagName", id=element)
        except Refused as refused:
            return refused.name in GONE
        return False

    def _find(self, selector):
        found = self._connection.ask("WebDriver:FindElement", using="css selector", value=selector)
        return found[ELEMENT]

    def _ask_of(self, selector, command, **parameters):
        return self._connection.ask(f"WebDriver:{command}", id=self._find(selector), **parameters)


def _comes_true(condition, seconds=PATIENCE):
    """Wait until something holds; tell whether it came."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        # A page that just goes holds nothing.
        with contextlib.suppress(Refused):
            if condition():
                return True
        time.sleep(0.05)
    return False
