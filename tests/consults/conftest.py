"""Fixtures for the forms of patients."""

import pytest
from django.test import Client

from tests.factories.forms import BROWSER


@pytest.fixture
def client():
    """A browser; without its headers a form looks a little like spam."""
    return Client(headers=BROWSER)
