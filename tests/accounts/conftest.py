"""Fixtures for what staff do with their accounts."""

import pytest
import time_machine
from django.test import Client

from tests.factories.forms import BROWSER

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"


@pytest.fixture
def client():
    """A browser as browsers are."""
    return Client(headers=BROWSER)


@pytest.fixture
def clock():
    """A clock that stands until ``clock.shift`` moves it."""
    with time_machine.travel("2026-11-24 16:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def elsewhere():
    """Another browser of the same person."""
    return Client(headers={**BROWSER, "User-Agent": FIREFOX})
