"""Wagtail's history tells that somebody worked with a request, and neither with which nor of what."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from consults import workflow
from consults.enums import Purpose
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
MARKER = "Markername"


@pytest.fixture
def worked_on():
    """A request that somebody of the front desk opened, claimed and noted on."""
    user = UserFactory(group="Front desk")
    consult = make_consult(name=MARKER, claimed_by=user)
    workflow.open_consult(consult, actor=user, purpose=Purpose.TRIAGE)
    workflow.add_note(consult, actor=user, text=f"{MARKER} called.")
    return consult, user


def test_each_thing_done_is_an_entry_without_a_label(worked_on):
    consult, user = worked_on
    entries = ModelLogEntry.objects.order_by("pk")
    assert [entry.action for entry in entries] == ["consults.change", "consults.view", "consults.note"]
    assert {entry.user for entry in entries} == {user}
    for row in entries.values():
        assert MARKER not in str(row)
        assert consult.reference not in str(row)


def test_whoever_sets_up_the_site_sees_that_and_no_more(client, worked_on):
    consult, _user = worked_on
    client.force_login(UserFactory(superuser=True))
    page = client.get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert "A consultation request" in page
    assert "Opened" in page
    assert consult.reference not in page
    assert MARKER not in page


def test_editors_see_nothing_of_it(client, worked_on):
    client.force_login(UserFactory(group="Editors"))
    page = client.get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert "A consultation request" not in page
