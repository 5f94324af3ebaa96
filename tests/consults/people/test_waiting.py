"""What waits for a second manager: counted where managers look, listed for them and for auditors, noted."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from consults import workflow
from consults.enums import ClosedReason, DeskRole, Status
from consults.models import AuditEvent, ConsultRequest, Decision
from tests.accounts.signing_in import sign_in
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory, take_from_the_desk

pytestmark = pytest.mark.django_db
ENDED = {"status": Status.CLOSED, "closed_reason": ClosedReason.COST, "next_action_at": None}


@pytest.fixture
def manager(client):
    return sign_in(client, UserFactory(group="Managers"))


@pytest.fixture
def other():
    return UserFactory(group="Managers")


def ended():
    consult = make_consult()
    ConsultRequest.objects.filter(pk=consult.pk).update(**ENDED, closed_at=timezone.now())
    consult.refresh_from_db()
    return consult


def asked_to_erase(manager):
    consult = ended()
    workflow.erase(consult, actor=manager, version=consult.version)
    return consult


def the_list(client):
    return client.get(reverse("consult_waiting:index"))


def test_who_asked_for_what_and_since_when_and_both_buttons(client, manager, other):
    consult = asked_to_erase(other)
    workflow.give_role(actor=other, user=UserFactory(), role=DeskRole.AUDITOR)
    text = the_list(client).content.decode()
    assert "2 decisions wait for a second manager" in text
    assert f"to remove the contents of {consult}" in text
    assert other.username in text
    assert reverse("consult_requests:detail", args=[consult.pk]) in text
    assert text.count("Agree: do it now") == text.count("Take it back<") == 2
    event = AuditEvent.objects.first()
    assert (event.action, event.references) == ("list", consult.reference)


def headings(text):
    found = re.findall(r"(?s)<h[12][^>]*>(.*?)</h[12]>", text.partition('class="triage"')[2] or text)
    return [" ".join(heading.split()) for heading in found]


def test_headings_say_what_the_rows_below_them_wait_for(client, manager, other):
    """Who manages may change meanwhile: what was asked for keeps what it waits for."""
    second = asked_to_erase(other)
    take_from_the_desk(other)
    day = asked_to_erase(manager)
    UserFactory(group="Managers")
    text = the_list(client).content.decode()
    assert headings(text) == ["2 decisions wait", "1 for a second manager", "1 for a day to pass"]
    first, last = text.split("1 for a day to pass")
    assert str(second) in first
    assert "A second manager has to agree" in first
    assert str(day) not in first
    assert str(day) in last
    assert "It is done on" in last


@pytest.mark.parametrize("is_alone", [True, False])
def test_of_one_kind_the_heading_of_the_page_says_it(client, manager, is_alone):
    if not is_alone:
        other = UserFactory(group="Managers")
    asked_to_erase(manager)
    if not is_alone:
        take_from_the_desk(other)
    else:
        UserFactory(group="Managers")
    text = the_list(client).content.decode()
    said = "for a day to pass" if is_alone else "for a second manager"
    assert headings(text) == [f"1 decision waits {said}"]
    assert ("There is none now: asked for again, it waits a day instead." in text) != is_alone


def test_agreeing_leads_back_to_the_list_and_does_it(client, manager, other):
    consult = asked_to_erase(other)
    decision = Decision.objects.get()
    here = reverse("consult_waiting:index")
    response = client.post(reverse("consult_people:agree", args=[decision.pk]), {"next": here})
    assert response.url == here
    consult.refresh_from_db()
    assert consult.purged_at
    assert "No decision waits" in the_list(client).content.decode()


def test_of_ones_own_wish_a_colleague_decides(client, manager, other):
    asked_to_erase(manager)
    text = the_list(client).content.decode()
    assert "1 of them is yours" in text
    assert "Agree: do it now" not in text


def test_a_wish_that_something_came_after_says_so(client, manager, other):
    consult = asked_to_erase(other)
    consult.refresh_from_db()
    workflow.set_hold(consult, actor=other, version=consult.version, on_hold=True)
    text = the_list(client).content.decode()
    assert f"Something happened to {consult} since" in text
    assert "Agree: do it now" not in text


def test_an_auditor_looks_and_takes_back(client, manager, other):
    asked_to_erase(other)
    client.force_login(UserFactory(group="Auditors"))
    text = the_list(client).content.decode()
    assert "Agree: do it now" not in text
    assert "Take it back" in text
    assert "/admin/requests/" not in text.partition('class="triage"')[2]


@pytest.mark.parametrize("group", ["Front desk", "Clinician", "Editors"])
def test_for_others_it_is_closed(client, group):
    client.force_login(UserFactory(group=group))
    assert the_list(client).status_code == 403


def test_the_number_stands_where_managers_look(client, manager, other):
    asked_to_erase(other)
    here = reverse("consult_waiting:index")
    for page in ("consult_requests:index", "wagtailadmin_home"):
        assert f'href="{here}"' in client.get(reverse(page)).content.decode()
    assert ">1 decision waits</a>" in client.get(reverse("consult_requests:index")).content.decode()
    client.force_login(UserFactory(group="Front desk"))
    for page in ("consult_requests:index", "wagtailadmin_home"):
        assert here not in client.get(reverse(page)).content.decode()


def test_queries_do_not_grow(client, manager, other, count_queries):
    asked_to_erase(other)
    few = count_queries(lambda: the_list(client))
    for _ in range(29):
        asked_to_erase(other)
    assert count_queries(lambda: the_list(client)) == few
