"""Managers choose whether the desk starts with names; the choice is an event of the audit."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from consults import workflow
from consults.models import AuditEvent, DeskStart
from tests.accounts.signing_in import sign_in
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
INDEX, CHOOSE = "/admin/people/", "/admin/people/desk-start/"


@pytest.fixture
def manager(client):
    return sign_in(client, UserFactory(group="Managers", username="kim"))


def events():
    return list(AuditEvent.objects.filter(action="change").values_list("actor_name", "detail", "references"))


def text(answer):
    return " ".join(answer.content.decode().split())


def test_it_is_off_until_a_manager_chooses_and_each_choice_is_one_event(client, manager):
    page = text(client.get(INDEX))
    assert "The desk starts <strong>with references:" in page
    assert "whoever passes the screen can read who wrote to the clinic" in page
    assert not workflow.desk_starts_with_names()
    said = text(client.post(CHOOSE, {"with_names": "yes"}, follow=True))
    assert "The desk starts with names from now on." in said
    assert "The desk starts <strong>with names:" in said
    assert workflow.desk_starts_with_names()
    client.post(CHOOSE, {"with_names": "no"})
    assert not workflow.desk_starts_with_names()
    assert sorted(events()) == [
        ("kim", "the desk starts with names", ""),
        ("kim", "the desk starts with references", ""),
    ]


def test_the_same_again_and_what_does_not_fit_change_nothing(client, manager):
    client.post(CHOOSE, {"with_names": "yes"})
    assert "it is like that already" in text(client.post(CHOOSE, {"with_names": "yes"}, follow=True))
    for sent in ({}, {"with_names": ""}, {"with_names": "perhaps"}, {"with_names": "no" * 5000}):
        assert "Nothing was changed" in text(client.post(CHOOSE, sent, follow=True))
    assert workflow.desk_starts_with_names()
    assert len(events()) == 1


@pytest.mark.parametrize(
    "role",
    [
        {"group": "Front desk"},
        {"group": "Clinician"},
        {"group": "Auditors"},
        {"group": "Editors"},
        {"superuser": True},
    ],
)
def test_nobody_else_chooses(client, role):
    user = sign_in(client, UserFactory(**role))
    assert client.post(CHOOSE, {"with_names": "yes"}).status_code == 403
    with pytest.raises(workflow.NotAllowed):
        workflow.start_desk_with_names(wanted=True, actor=user)
    assert not workflow.desk_starts_with_names()


def test_auditors_read_how_it_is(client):
    sign_in(client, UserFactory(group="Auditors"))
    page = text(client.get(INDEX))
    assert "How the desk starts" in page
    assert CHOOSE not in page


def test_whoever_found_an_open_browser_is_asked_first(client):
    sign_in(client, UserFactory(group="Managers"), is_fresh=False)
    client.post(CHOOSE, {"with_names": "yes"})
    assert not workflow.desk_starts_with_names()


def test_managers_find_the_way_from_the_desk(client, manager):
    way = f"{INDEX}#desk-start"
    assert way in text(client.get(reverse("consult_requests:index")))
    client.force_login(UserFactory(group="Front desk"))
    assert way not in text(client.get(reverse("consult_requests:index")))


def test_there_is_one_choice():
    DeskStart.objects.create(pk=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeskStart.objects.create(pk=2)
