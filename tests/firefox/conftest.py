"""A Firefox that walks through the running demo. Only `make test-firefox` asks for it."""

import os

import pytest

from .hand import FirefoxHand
from .program import MISSING, find_firefox, started

# It takes a minute, and what it is for is found in Chromium first.
collect_ignore_glob = [] if os.environ.get("FIREFOX_TESTS") else ["test_*.py"]


@pytest.fixture(scope="session")
def firefox(tmp_path_factory):
    """The browser, started once, with a profile of its own."""
    path = find_firefox() or pytest.fail(MISSING)
    with started(path, tmp_path_factory.mktemp("firefox")) as connection:
        yield connection


@pytest.fixture
def hand(firefox, demo_site):
    """A function that gives a hand on Firefox: ``hand(javascript=False)``."""

    def take(**options):
        return FirefoxHand(firefox, demo_site.url, **options)

    return take
