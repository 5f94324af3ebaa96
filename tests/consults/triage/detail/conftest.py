"""What the tests of one request share: somebody at the desk, and the addresses of a request."""

import pytest
from django.urls import reverse

from tests.factories.users import UserFactory


def url(name, consult):
    """Return the address of something that is done to a request, by its name."""
    return reverse(f"consult_requests:{name}", args=[consult.pk])


@pytest.fixture
def desk(client):
    """The front desk, signed in."""
    user = UserFactory(group="Front desk")
    client.force_login(user)
    return user
