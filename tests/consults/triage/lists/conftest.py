"""What the tests of the lists share."""

from dataclasses import replace
from datetime import time

import pytest

from clinic.core.facts import default_facts, write_facts
from clinic.core.opening_hours import Period, Schedule
from tests.factories.users import UserFactory


@pytest.fixture
def open_on_weekdays():
    """A clinic that is open on weekdays from 9 to 5."""
    week = {day: (Period(time(9), time(17)),) for day in range(5)}
    write_facts(replace(default_facts(), hours=Schedule(zone="America/Denver", week=week)))


@pytest.fixture
def desk(client):
    user = UserFactory(group="Front desk")
    client.force_login(user)
    return user
