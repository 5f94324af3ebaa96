"""A list that its page asks for again by itself, and who else looks at a request."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.accounts.idle import BY_ITSELF_HEADER
from consults import workflow
from consults.enums import Status
from consults.models import AuditEvent, ConsultRequest
from consults.triage.lists.names import ELSEWHERE, IN_PLACE_HEADER
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory
from tests.site.http import Document

pytestmark = pytest.mark.django_db
INDEX = "/admin/requests/"


def proof(client):
    """Open the desk and return what its page proves itself with."""
    tree = Document(client.get(INDEX).content).tree
    [shown] = [each for each in tree.iter() if each.get("data-fresh")]
    return shown.get("data-fresh")


def again(client, proven):
    return client.get(INDEX, headers={BY_ITSELF_HEADER: proven}).content.decode()


def listed():
    return AuditEvent.objects.filter(action="list").count()


def test_asking_again_is_no_event_and_shows_what_is_new(client, desk):
    proven = proof(client)
    consult = make_consult()
    before = listed()
    assert consult.reference in again(client, proven)
    assert listed() == before


def test_without_a_proof_of_ones_own_it_is_listed_like_any_other(client, desk):
    own = proof(client)
    other = UserFactory(group="Front desk")
    client.force_login(other)
    for proven in ("yes", "", own, own + "x", "9" * 5000):
        before = listed()
        again(client, proven)
        assert listed() == before + 1


def test_a_proof_holds_in_its_session_alone(client, desk):
    proven = proof(client)
    client.logout()
    client.force_login(desk)
    before = listed()
    again(client, proven)
    assert listed() == before + 1


def test_who_asked_not_to_be_contacted_is_known_before_anything_is_opened(client, desk):
    consult = make_consult(phone="(555) 555-0188", email="")
    other = make_consult(name="Sent again", phone="(555) 555-0188", email="")
    workflow.stop_contact(other, actor=desk)
    assert consult.reference in client.get(INDEX).content.decode()
    assert "Do not contact" in client.get(INDEX).content.decode()
    assert not AuditEvent.objects.filter(action__in=["view", "reveal"], references=consult.reference).exists()


def test_no_machine_shows_suspected_spam_to_anybody(client, desk):
    proven = proof(client)
    consult = make_consult()
    ConsultRequest.objects.filter(pk=consult.pk).update(status=Status.QUARANTINE)
    again(client, proven)
    consult.refresh_from_db()
    assert consult.shown_at is None
    client.get(INDEX)
    consult.refresh_from_db()
    assert consult.shown_at


def test_a_proof_of_another_session_shows_suspected_spam_to_nobody_either(client, desk):
    proven = proof(client)
    client.logout()
    client.force_login(desk)
    consult = make_consult()
    ConsultRequest.objects.filter(pk=consult.pk).update(status=Status.QUARANTINE)
    before = listed()
    assert "data-fresh" in again(client, proven)
    assert listed() == before + 1
    consult.refresh_from_db()
    assert consult.shown_at is None


def test_what_another_list_asks_for_shows_suspected_spam_to_nobody(client, desk):
    consult = make_consult()
    ConsultRequest.objects.filter(pk=consult.pk).update(status=Status.QUARANTINE)
    before = listed()
    client.get(INDEX, headers={IN_PLACE_HEADER: ELSEWHERE})
    consult.refresh_from_db()
    assert (consult.shown_at, listed()) == (None, before + 1)


def test_names_are_shown_by_asking_for_them_and_only_the_new_ones_again(client, desk):
    first, second = make_consult(name="Marker One"), make_consult(name="Marker Two")
    page = client.post(INDEX, {"names": "page", "known": str(first.pk)}).content.decode()
    assert "Marker Two" in page
    assert "Marker One" not in page
    [event] = AuditEvent.objects.filter(action="reveal")
    assert event.references == second.reference
    # What is odd is left out, however long.
    assert client.post(INDEX, {"names": "page", "known": "x ' 9" * 5000}).status_code == 200


def test_who_looks_is_seen_by_the_others_for_some_minutes(client, desk):
    consult, colleague = make_consult(), UserFactory(group="Front desk", username="maria")
    workflow.open_consult(consult, actor=colleague, purpose="triage")
    workflow.open_consult(consult, actor=desk, purpose="triage")
    for page in (INDEX, f"{INDEX}{consult.pk}/"):
        shown = client.get(page).content.decode()
        assert "maria is looking at it now" in shown
        assert f"{desk.username} is looking" not in shown
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        client.force_login(desk)
        assert "is looking at it now" not in client.get(INDEX).content.decode()


def test_as_many_queries_however_many_look(client, desk):
    colleague, numbers = UserFactory(group="Front desk", username="maria"), []
    client.get(INDEX)
    for more in (1, 29):
        for _ in range(more):
            phone = f"(555) 555-01{ConsultRequest.objects.count():02}"
            workflow.open_consult(make_consult(phone=phone), actor=colleague, purpose="triage")
        with CaptureQueriesContext(connection) as asked:
            assert "maria is looking" in client.get(INDEX).content.decode()
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
