"""The demo shows how it is done: the checks find nothing in it."""

from io import StringIO

import pytest
from django.core.management import call_command

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_checks_find_nothing_in_the_demo(site):
    said = StringIO()
    call_command("check_content", stdout=said)
    assert ": 0 serious, 0 to mend, 0 to consider." in said.getvalue()
