"""Giving and taking roles, leaving, and that somebody always manages."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connections

from consults import audit, permissions, workflow
from consults.enums import DeskRole, Status
from consults.models import AuditEvent, DeskGrant
from consults.notices.outbox import send_due
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
User = get_user_model()


@pytest.fixture
def manager():
    return UserFactory(group="Managers", username="kim")


def managers():
    return {grant.user for grant in DeskGrant.objects.in_force().filter(role=DeskRole.MANAGER)}


@pytest.mark.parametrize("role", ["front_desk", "clinician"])
def test_one_manager_gives_and_takes_what_gives_no_rights_over_others(manager, role):
    user = UserFactory()
    workflow.give_role(user, role, actor=manager)
    assert permissions.can_change_requests(user)
    assert list(user.groups.values_list("name", flat=True)) == [DeskRole(role).label]
    grant = DeskGrant.objects.get(user=user)
    assert (grant.granted_by, grant.confirmed_by) == (manager, None)
    workflow.take_role(user, role, actor=manager)
    assert not permissions.can_read_requests(user)
    assert not user.groups.exists()
    details = AuditEvent.objects.filter(action="grant", actor=manager).order_by("seq")
    assert [event.detail for event in details] == [
        f"{user}: is now one of the {DeskRole(role).label}",
        f"{user}: is no longer one of the {DeskRole(role).label}",
    ]
    assert audit.verify() == []


DEEDS = {
    "give": lambda user, actor: workflow.give_role(user, "clinician", actor=actor),
    "ask": lambda user, actor: workflow.give_role(user, "manager", actor=actor),
    "take": lambda user, actor: workflow.take_role(user, "front_desk", actor=actor),
    "switch off": lambda user, actor: workflow.switch_off(user, actor=actor),
    "let in": lambda user, actor: workflow.let_in_again(user, actor=actor),
    "about": lambda user, actor: workflow.keep_profile(user, actor=actor, stands_in=None),
    "invite": lambda user, actor: workflow.invite(
        email="a@example.org", first_name="A", last_name="B", role="front_desk", actor=actor
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("group", ["Front desk", "Clinician", "Auditors", "Editors", None])
def test_nobody_else_gives_or_takes_anything(manager, group, deed):
    user = UserFactory(group="Front desk")
    for actor in (UserFactory(group=group), UserFactory(superuser=True)):
        with pytest.raises(workflow.NotAllowed):
            DEEDS[deed](user, actor)


def test_losing_a_guarded_role_is_told_to_owner_auditors_and_holder(manager, settings):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    other, auditor = UserFactory(group="Managers"), UserFactory(group="Auditors")
    workflow.take_role(other, "manager", actor=manager)
    send_due()
    assert {m.to[0] for m in mail.outbox} == {"owner@example.org", auditor.email, other.email}


def test_a_role_removed_between_two_clicks_stops_the_second(manager):
    other, user = UserFactory(group="Managers"), UserFactory()
    workflow.take_role(other, "manager", actor=manager)
    with pytest.raises(workflow.NotAllowed):
        workflow.give_role(user, "front_desk", actor=other)


# --- always somebody manages ----------------------------------------------------------------------------


def test_the_last_manager_neither_leaves_nor_goes(manager):
    UserFactory(group="Managers", is_active=False)
    with pytest.raises(workflow.LastManager):
        workflow.take_role(manager, "manager", actor=manager)
    with pytest.raises(workflow.LastManager):
        workflow.switch_off(manager, actor=manager)
    assert managers() == {manager}


@pytest.mark.parametrize("deed", ["take", "switch_off"])
@pytest.mark.parametrize("whom", ["each_other", "themselves"])
def test_of_two_managers_at_the_same_moment_one_stays(committed, deed, whom):
    both = [UserFactory(group="Managers") for _ in range(2)]
    start, said = threading.Barrier(2), []

    def run(actor, target):
        try:
            start.wait()
            if deed == "take":
                workflow.take_role(target, "manager", actor=actor)
            else:
                workflow.switch_off(target, actor=actor)
            said.append("done")
        except (workflow.NotAllowed, workflow.LastManager) as problem:
            said.append(type(problem).__name__)
        finally:
            connections.close_all()

    targets = both[::-1] if whom == "each_other" else both
    threads = [threading.Thread(target=run, args=pair) for pair in zip(both, targets, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = "NotAllowed" if whom == "each_other" else "LastManager"
    assert sorted(said) == sorted(["done", refused])
    assert len(managers()) == 1


# --- leaving ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_handed", [True, False])
def test_what_a_leaver_held_goes_where_the_manager_says(manager, is_handed):
    leaver, colleague = UserFactory(group="Front desk"), UserFactory(group="Front desk")
    requests = [make_consult(claimed_by=leaver) for _ in range(3)]
    assert workflow.held_by(leaver).count() == 3
    workflow.switch_off(leaver, actor=manager, hand_to=colleague if is_handed else None)
    for consult in requests:
        consult.refresh_from_db()
        expected = (colleague, Status.WORKING) if is_handed else (None, Status.NEW)
        assert (consult.assignee, consult.status) == expected
        assert consult.timeline.last().actor == manager
    leaver.refresh_from_db()
    assert not leaver.is_active
    assert not DeskGrant.objects.filter(user=leaver, until=None).exists()
    assert AuditEvent.objects.filter(action="account", detail=f"{leaver}: switched off").count() == 1


def test_whoever_comes_back_has_no_role_until_a_manager_gives_one(manager):
    leaver = UserFactory(group="Front desk")
    workflow.switch_off(leaver, actor=manager)
    workflow.let_in_again(leaver, actor=manager)
    leaver.refresh_from_db()
    assert leaver.is_active
    assert not permissions.can_read_requests(leaver)


def test_whoever_was_switched_off_on_the_server_comes_back_without_a_role_too(manager):
    leaver = UserFactory(group="Managers", is_active=False)
    workflow.let_in_again(leaver, actor=manager)
    leaver.refresh_from_db()
    assert leaver.is_active
    assert managers() == {manager}


def test_work_goes_to_nobody_who_may_not_answer(manager):
    leaver = UserFactory(group="Front desk")
    for nobody in (leaver, UserFactory(group="Auditors"), UserFactory(superuser=True)):
        with pytest.raises(workflow.InvalidTransition):
            workflow.switch_off(leaver, actor=manager, hand_to=nobody)
    assert User.objects.get(pk=leaver.pk).is_active


# --- on the server ------------------------------------------------------------------------------------------


def test_the_first_manager_is_made_on_the_server_and_only_the_first(settings):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    first, other = UserFactory(username="kim"), UserFactory(username="lee")
    call_command("make_manager", "kim")
    assert managers() == {first}
    assert AuditEvent.objects.get(action="grant").detail == "kim: is now one of the Managers, on the server"
    with pytest.raises(CommandError, match="--beside-others"):
        call_command("make_manager", "lee")
    call_command("make_manager", "lee", "--beside-others")
    assert managers() == {first, other}
    send_due()
    assert [m.to[0] for m in mail.outbox].count("owner@example.org") == 2


@pytest.mark.parametrize("username", ["nobody", "off"])
def test_it_makes_nobody_of_no_account(username):
    UserFactory(username="off", is_active=False)
    with pytest.raises(CommandError):
        call_command("make_manager", username)
    assert managers() == set()


def test_createsuperuser_gives_no_right_over_requests():
    call_command("createsuperuser", "--noinput", "--username", "root", "--email", "root@example.org")
    root = User.objects.get(username="root")
    assert root.is_superuser
    assert not (permissions.can_read_requests(root) or permissions.can_manage_people(root))


# --- the clinician ------------------------------------------------------------------------------------------


def test_a_clinician_ends_alone_what_is_to_be_read_first(settings):
    settings.CONSULTS_CRISIS_CLINICIAN = "Dr. Sample"
    for role, is_ended in (("Front desk", False), ("Clinician", True)):
        actor = UserFactory(group=role)
        consult = make_consult(claimed_by=actor)
        workflow.open_consult(consult, actor=actor, purpose="triage")
        workflow.set_priority(consult, actor=actor, version=consult.version, priority=1)
        workflow.change_status(
            consult, actor=actor, version=consult.version, status=Status.CLOSED, reason="cost"
        )
        assert (consult.status == Status.CLOSED) is is_ended


def test_a_colleague_whose_account_is_new_is_no_second_person(settings):
    settings.CONSULTS_CRISIS_CLINICIAN = "Dr. Sample"
    actor, accomplice = UserFactory(group="Front desk"), UserFactory(group="Front desk")
    consult = make_consult(claimed_by=actor)
    workflow.set_priority(consult, actor=actor, version=consult.version, priority=1)
    workflow.record_outcome(consult, actor=accomplice, version=consult.version, outcome="no_answer")
    assert not workflow.needs_second_person(consult, actor=actor)
    User.objects.filter(pk=accomplice.pk).update(date_joined=consult.created_at)
    assert workflow.needs_second_person(consult, actor=actor)
