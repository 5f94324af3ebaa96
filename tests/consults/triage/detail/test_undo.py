"""Undo on the pages: a button for a minute, which says what became of it."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.utils import timezone

from consults.models import AuditEvent, ConsultRequest
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

from .conftest import url

pytestmark = pytest.mark.django_db
INDEX = "/admin/requests/"


def press(client, consult, name, **values):
    """Press a button; return where it leads and what is said."""
    response = client.post(
        url(name, consult), {"version": ConsultRequest.objects.get(pk=consult.pk).version, **values}
    )
    *_before, said = [str(message) for message in get_messages(response.wsgi_request)]
    return response, said


def test_an_outcome_is_taken_back_from_the_list_and_the_next_one_offered(client, desk):
    consult, other = make_consult(), make_consult(phone="(555) 555-0177")
    press(client, consult, "outcome", outcome="no_answer")
    page = client.get(INDEX).content.decode()
    assert f"Undo {consult.reference}" in page
    assert f"Next: {other.reference}" in page
    response, said = press(client, consult, "undo", to_list="yes")
    assert response["Location"] == INDEX
    assert said == f"{consult}: New. Taken back. It is due now."
    assert "Undo " not in client.get(INDEX).content.decode()


def test_a_claim_is_taken_back_from_its_page(client, desk):
    consult = make_consult()
    press(client, consult, "claim")
    assert f"Undo {consult.reference}" in client.get(f"{INDEX}{consult.pk}/").content.decode()
    response, _said = press(client, consult, "undo")
    assert response["Location"] == f"{INDEX}{consult.pk}/"
    consult.refresh_from_db()
    assert (consult.status, consult.assignee) == ("new", None)


def test_after_a_minute_there_is_no_button_and_nothing_is_taken_back(client, desk):
    consult = make_consult()
    press(client, consult, "claim")
    with time_machine.travel(timezone.now() + timedelta(seconds=61), tick=False):
        assert "Undo " not in client.get(INDEX).content.decode()
        _response, said = press(client, consult, "undo")
    assert "nothing was taken back" in said
    consult.refresh_from_db()
    assert consult.status == "working"


def test_once_a_colleague_acted_it_stays_and_is_said(client, desk):
    consult = make_consult()
    press(client, consult, "claim")
    seen = ConsultRequest.objects.get(pk=consult.pk).version
    ConsultRequest.objects.filter(pk=consult.pk).update(version=seen + 1)
    response = client.post(url("undo", consult), {"version": seen})
    *_before, said = [str(message) for message in get_messages(response.wsgi_request)]
    assert "changed in the meantime" in said
    consult.refresh_from_db()
    assert consult.status == "working"


@pytest.mark.parametrize("version", ["", "x", "9" * 5000, "-1"])
def test_an_odd_version_takes_nothing_back(client, desk, version):
    consult = make_consult()
    press(client, consult, "claim")
    changes = AuditEvent.objects.filter(action="change").count()
    client.post(url("undo", consult), {"version": version})
    assert AuditEvent.objects.filter(action="change").count() == changes


def test_nobody_takes_back_what_another_session_did(client, desk):
    consult = make_consult()
    press(client, consult, "claim")
    client.force_login(UserFactory(group="Front desk"))
    assert "Undo " not in client.get(INDEX).content.decode()
    press(client, consult, "undo")
    consult.refresh_from_db()
    assert consult.status == "working"


def test_on_a_later_page_of_the_desk_it_leads_back_to_that_page(client, desk):
    requests = [make_consult(phone=f"(555) 555-{number:04}") for number in range(27)]
    ConsultRequest.objects.update(next_action_at=timezone.now())
    press(client, requests[0], "claim")
    page = client.get(INDEX, {"p": "2"}).content.decode()
    assert f'action="{url("undo", requests[0])}?list=now&amp;at=25"' in page
    response = client.post(
        f"{url('undo', requests[0])}?list=now&at=25", {"version": requests[0].version + 1, "to_list": "yes"}
    )
    assert response["Location"] == f"{INDEX}?p=2"


def test_what_somebody_wanted_is_said_in_words_where_a_colleague_was_faster(client, desk):
    consult = make_consult()
    press(client, consult, "claim")
    wanted = {"version": 1, "outcome": "declined", "reason": "not_offered"}
    page = client.post(url("outcome", consult), wanted)
    assert page.status_code == 409
    assert "Reached: not interested, We can&#x27;t offer this" in page.content.decode()
