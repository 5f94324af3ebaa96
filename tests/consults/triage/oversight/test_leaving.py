"""Somebody who worked with requests leaves: their name stays, and nobody waits for them."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from consults import workflow
from consults.enums import AuditAction, Status
from consults.models import AuditEvent, ConsultRequest
from tests.accounts.signing_in import sign_in
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory, take_from_the_desk

pytestmark = [pytest.mark.django_db, pytest.mark.once]
User = get_user_model()


@pytest.fixture
def leaver():
    return UserFactory(group="Front desk", username="robin")


@pytest.fixture
def admin(client):
    user = UserFactory(superuser=True)
    sign_in(client, user)
    return user


def delete_together(client, *users):
    address = reverse("wagtail_bulk_action", args=["auth", "user", "delete"])
    query = "&".join(f"id={user.pk}" for user in users)
    return client.post(f"{address}?{query}&next=/admin/users/")


@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_worked_is_not_deleted_but_said_to_be_switched_off(client, admin, leaver, method):
    for _ in range(2):
        make_consult(claimed_by=leaver)
    answer = getattr(client, method)(reverse("wagtailusers_users:delete", args=[leaver.pk]))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "this account can’t be deleted" in page
    assert "2 open requests are with this person now." in page
    assert reverse("wagtailusers_users:edit", args=[leaver.pk]) in page
    assert User.objects.filter(pk=leaver.pk).exists()


def test_several_at_once_are_no_way_around_it(client, admin, leaver):
    make_consult(claimed_by=leaver)
    idle = UserFactory()
    page = delete_together(client, leaver, idle).content.decode()
    assert "1 open request is with this person now." in page
    assert "robin" in page
    assert User.objects.filter(pk__in=[leaver.pk, idle.pk]).count() == 2


def test_whoever_did_nothing_is_deleted(client, admin):
    first, *others = [UserFactory() for _ in range(3)]
    client.post(reverse("wagtailusers_users:delete", args=[first.pk]))
    delete_together(client, *others)
    assert list(User.objects.all()) == [admin]


def switch_off(user):
    user.is_active = False
    user.save()


def take_the_role_away(user):
    take_from_the_desk(user)


@pytest.mark.parametrize("leave", [switch_off, take_the_role_away])
def test_what_a_leaver_held_goes_back_to_everybody(leaver, leave):
    stays = UserFactory(group="Front desk")
    other = make_consult(claimed_by=stays)
    started, booked, ended = (make_consult(claimed_by=leaver) for _ in range(3))
    workflow.record_outcome(booked, actor=leaver, version=booked.version, outcome="booked")
    ConsultRequest.objects.filter(pk=ended.pk).update(
        status=Status.CLOSED, closed_reason="cost", next_action_at=None
    )
    due = {consult.pk: consult.next_action_at for consult in ConsultRequest.objects.all()}
    leave(leaver)
    assert workflow.release_from_leavers() == 2
    assert workflow.release_from_leavers() == 0
    for consult in (other, started, booked, ended):
        consult.refresh_from_db()
    assert [r.assignee for r in (other, started, booked, ended)] == [stays, None, None, leaver]
    assert [r.status for r in (started, booked)] == [Status.NEW, Status.BOOKED]
    assert {r.pk: r.next_action_at for r in ConsultRequest.objects.all()} == due
    event = started.timeline.last()
    assert (event.actor, event.get_action_display()) == (None, "Given back, since whoever had it left")
    noted = AuditEvent.objects.filter(action=AuditAction.CHANGE, actor=None)
    assert sorted(e.references for e in noted) == sorted([started.reference, booked.reference])


def test_whoever_saw_it_before_has_an_old_page(leaver):
    consult = make_consult(claimed_by=leaver)
    version = consult.version
    switch_off(leaver)
    workflow.release_from_leavers()
    consult.refresh_from_db()
    with pytest.raises(workflow.StaleRequest):
        workflow.claim(consult, actor=UserFactory(group="Front desk"), version=version)
