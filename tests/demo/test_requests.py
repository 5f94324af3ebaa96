"""Sample requests went the way of real ones."""

import pytest
from django.contrib.auth import get_user_model

from clinic.demo.requests import SAMPLES, build_requests
from clinic.demo.users import build_users
from consults import workflow
from consults.enums import Status
from consults.models import ConsultNote, ConsultRequest, OutboxMessage, TimelineEvent

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def seeded(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    build_users()
    build_requests()


def test_a_second_run_adds_nothing():
    before = [m.objects.count() for m in (ConsultRequest, ConsultNote, OutboxMessage, TimelineEvent)]
    assert build_requests() == len(SAMPLES)
    assert [m.objects.count() for m in (ConsultRequest, ConsultNote, OutboxMessage, TimelineEvent)] == before


def test_the_inbox_shows_requests_in_many_states():
    found = set(ConsultRequest.objects.values_list("status", flat=True))
    assert found == set(Status.values)


def test_only_one_notice_waits_to_be_sent():
    assert OutboxMessage.objects.filter(sent_at=None).count() == 1


def test_contents_are_plainly_invented():
    frontdesk = get_user_model().objects.get(username="frontdesk")
    for consult in ConsultRequest.objects.all():
        contents, _notes = workflow.open_consult(consult, actor=frontdesk, purpose="triage")
        assert contents["name"].startswith("Sample person")
        assert contents["phone"].startswith("(555) 555-01") or contents["email"].endswith("@example.org")


def test_nothing_happened_before_the_request_came():
    for event in TimelineEvent.objects.select_related("consult"):
        assert event.at >= event.consult.created_at or event.actor is None
