"""A browser that walks through the running demo and remembers what happened on the way."""

import json
import os

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.chromium import find_chromium
from tests.browser.visit import Visit, follow

ARGUMENTS = [
    "--no-sandbox",
    # Chromium's own calls home; the hosts recorded are then those of the pages alone.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
]
HEIGHT = 800


@pytest.fixture(scope="package")
def browser():
    """The machine's Chromium; without one these tests skip, or fail where they are required."""
    path = find_chromium()
    if path is None:
        say = pytest.fail if os.environ.get("BROWSER_TESTS") == "required" else pytest.skip
        say("no Chromium found: install one, name it in CHROMIUM_PATH, or use `make test`")
    # Ends with the last browser test: Django's database refuses to work beside its event loop.
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, demo_site):
    """A function that opens a window on the demo: ``visit(javascript=False, width=320).go("/")``."""
    visits = []

    def open_window(*, javascript=True, scheme="light", width=1280, height=HEIGHT):
        context = browser.new_context(
            base_url=demo_site.url,
            java_script_enabled=javascript,
            color_scheme=scheme,
            viewport={"width": width, "height": height},
            # Movement would make what a test sees depend on when it looks.
            reduced_motion="reduce",
        )
        visits.append(Visit(context, demo_site.url))
        return visits[-1]

    yield open_window
    for opened in visits:
        opened.tell()
        opened.close()


@pytest.fixture(scope="module")
def everywhere(demo_site):
    """The keys and addresses of what something_everywhere.py puts on each screen, while it stands there."""
    run = "from tests.browser.something_everywhere import {0}; {0}()".format
    yield json.loads(demo_site.manage("shell", "-c", run("fill")).splitlines()[-1])
    demo_site.manage("shell", "-c", run("clear"))


@pytest.fixture
def signed_in(visit, demo_site):
    """A function that opens a window with somebody of the demo's staff signed in."""

    def sign_in(user, **options):
        window = visit(**options)
        window.go("/admin/")
        window.page.locator("[name=login]").fill(user)
        window.page.locator("[name=password]").fill(demo_site.logins[user])
        follow(window.page.get_by_role("button", name="Sign in", exact=True))
        return window

    return sign_in
