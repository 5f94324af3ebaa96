"""What takes two: two accounts that are a day old, or a day of waiting where there are no two."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.utils import timezone

from consults import permissions, workflow
from consults.enums import ClosedReason, Status
from consults.models import AuditEvent, ConsultRequest, Decision, DeskGrant, StoppedContact
from consults.notices.outbox import send_due
from tests.accounts.signing_in import give_factor
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory, put_at_the_desk, take_from_the_desk

pytestmark = pytest.mark.django_db
REASON = "They called and asked for it."
NOON = "2026-11-24 19:00:00Z"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def manager(clock):
    return UserFactory(group="Managers", username="kim")


@pytest.fixture
def second(manager):
    return UserFactory(group="Managers", username="lee")


def ended(manager):
    consult = make_consult(claimed_by=manager, status=Status.CLOSED, reason=ClosedReason.ASKED_TO_STOP)
    workflow.set_hold(consult, actor=manager, version=consult.version, on_hold=True)
    consult.refresh_from_db()
    return consult


def erasing(manager):
    consult = make_consult(claimed_by=manager, status=Status.CLOSED, reason=ClosedReason.COST)
    return (
        lambda actor: workflow.erase(fresh(consult), actor=actor, version=fresh(consult).version),
        lambda: bool(fresh(consult).purged_at),
    )


def lifting(manager):
    consult = ended(manager)
    return (
        lambda actor: workflow.lift_stop(fresh(consult), actor=actor, reason=REASON),
        lambda: not StoppedContact.objects.in_force().exists(),
    )


def releasing(manager):
    consult = ended(manager)
    return (
        lambda actor: workflow.set_hold(
            fresh(consult), actor=actor, version=fresh(consult).version, on_hold=False
        ),
        lambda: not fresh(consult).on_hold,
    )


def granting(role):
    def deed(manager):
        user = UserFactory(group="Front desk")
        return (
            lambda actor: workflow.give_role(user, role, actor=actor),
            lambda: permissions.has_role(user, role),
        )

    return deed


def fresh(row):
    return type(row).objects.get(pk=row.pk)


DEEDS = {
    "erase": erasing,
    "lift": lifting,
    "release": releasing,
    "manager": granting("manager"),
    "auditor": granting("auditor"),
}


@pytest.fixture(params=DEEDS)
def deed(request, manager):
    return DEEDS[request.param](manager)


# --- a clinic of one ----------------------------------------------------------------------------------


def test_a_clinic_of_one_waits_a_day_and_not_less(deed, manager, clock, settings):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    auditor = UserFactory(group="Auditors")
    ask, is_done = deed
    done = ask(manager)
    assert workflow.Undone.DECIDING in done.undone
    assert done.written.due_at == timezone.now() + timedelta(hours=24)
    send_due()
    assert {"owner@example.org", auditor.email} <= {message.to[0] for message in mail.outbox}
    assert [m for m in mail.outbox if "unless a manager or auditor takes it back" in m.body]
    for hours in (0, 23.99):
        clock.move_to(done.written.asked_at + timedelta(hours=hours))
        assert workflow.carry_out_due() == 0
        # Asking again neither does it nor lets it begin anew.
        assert ask(manager).written == done.written
        assert not is_done()
    clock.move_to(done.written.due_at)
    assert workflow.carry_out_due() == 1
    assert is_done()
    assert workflow.carry_out_due() == 0
    assert AuditEvent.objects.filter(actor=None, detail__contains="a day has passed: ").count() == 1


@pytest.mark.parametrize("role", ["Managers", "Auditors"])
def test_it_is_taken_back_meanwhile(deed, manager, clock, role):
    ask, is_done = deed
    decision = ask(manager).written
    takes_back = UserFactory(group=role)
    workflow.take_back(decision, actor=takes_back)
    clock.shift(timedelta(days=2))
    assert workflow.carry_out_due() == 0
    assert not is_done()
    assert AuditEvent.objects.filter(actor=takes_back, detail__startswith="takes back").count() == 1
    with pytest.raises(workflow.InvalidTransition):
        workflow.take_back(decision, actor=takes_back)


@pytest.mark.parametrize("role", ["Front desk", "Clinician", "Editors", None])
def test_nobody_else_takes_it_back_or_agrees(deed, manager, role):
    decision = deed[0](manager).written
    for actor in (UserFactory(group=role), UserFactory(superuser=True)):
        with pytest.raises(workflow.NotAllowed):
            workflow.take_back(decision, actor=actor)
        with pytest.raises(workflow.NotAllowed):
            workflow.agree(decision, actor=actor)


def test_whoever_manages_no_longer_gets_nothing_done(deed, manager, clock):
    ask, is_done = deed
    decision = ask(manager).written
    take_from_the_desk(manager)
    clock.shift(timedelta(days=1))
    assert workflow.carry_out_due() == 0
    assert not is_done()
    assert fresh(decision).revoked_at
    assert AuditEvent.objects.filter(detail__startswith="whoever asked manages no longer").exists()


def test_a_second_manager_who_comes_meanwhile_may_do_it_at_once(deed, manager, clock):
    ask, is_done = deed
    decision = ask(manager).written
    second = UserFactory(group="Managers")
    workflow.agree(decision, actor=second)
    assert is_done()
    assert (fresh(decision).confirmed_by, fresh(decision).asked_by) == (second, manager)


def test_what_nobody_agreed_to_in_two_weeks_is_over(deed, manager, second, clock):
    decision = deed[0](manager).written
    clock.shift(timedelta(days=15))
    with pytest.raises(workflow.InvalidTransition):
        workflow.agree(decision, actor=second)
    assert not deed[1]()


# --- two managers -------------------------------------------------------------------------------------


def test_two_managers_need_not_wait_and_waiting_does_not_do(deed, manager, second, clock):
    ask, is_done = deed
    decision = ask(manager).written
    assert decision.due_at is None
    clock.shift(timedelta(days=3))
    assert workflow.carry_out_due() == 0
    assert not is_done()
    with pytest.raises(workflow.SamePerson):
        workflow.agree(decision, actor=manager)
    # The same wish of the other one is the agreement.
    assert not ask(second).undone
    assert is_done()
    assert fresh(decision).confirmed_by == second


def test_a_day_stands_in_for_a_second_manager_who_left(deed, manager, second, clock):
    """Asked again it waits a day from then on, not for somebody who is there no more."""
    ask, is_done = deed
    decision = ask(manager).written
    assert decision.due_at is None
    take_from_the_desk(second)
    clock.shift(timedelta(days=13, hours=12))
    again = ask(manager).written
    assert (again, again.due_at) == (decision, timezone.now() + timedelta(hours=24))
    clock.shift(timedelta(hours=23))
    assert workflow.carry_out_due() == 0
    clock.shift(timedelta(hours=1))
    assert workflow.carry_out_due() == 1
    assert is_done()


def test_a_wish_of_somebody_who_left_stands_in_nobodys_way(deed, manager, second, clock):
    ask, is_done = deed
    first = ask(second).written
    take_from_the_desk(second)
    own = ask(manager).written
    assert own != first
    assert own.due_at == timezone.now() + timedelta(hours=24)
    clock.move_to(own.due_at)
    assert workflow.carry_out_due() == 1
    assert is_done()


def newcomer(manager):
    """Somebody made a second account just now."""
    user = UserFactory(group="Managers", date_joined=timezone.now() - timedelta(hours=23))
    return user


def promoted(manager):
    """Somebody made an old account a manager just now."""
    user = UserFactory()
    put_at_the_desk(user, "Managers")
    DeskGrant.objects.filter(user=user).update(since=timezone.now() - timedelta(hours=23))
    return user


@pytest.mark.parametrize("accomplice", [newcomer, promoted])
def test_an_account_or_a_role_younger_than_a_day_is_no_second(deed, manager, second, accomplice):
    ask, is_done = deed
    young = accomplice(manager)
    ask(manager)
    with pytest.raises(workflow.NotSettled):
        ask(young)
    assert not is_done()


def test_where_factors_are_asked_for_each_needs_an_own_one_older_than_a_day(
    deed, manager, second, settings, clock
):
    ask, is_done = deed
    for user in (manager, second):
        give_factor(user)
    Authenticator.objects.update(created_at=timezone.now() - timedelta(days=2))
    settings.SECOND_FACTOR_REQUIRED = True
    decision = ask(manager).written
    assert decision.due_at is None
    Authenticator.objects.filter(user=second).update(created_at=timezone.now() - timedelta(hours=23))
    with pytest.raises(workflow.NotSettled):
        ask(second)
    Authenticator.objects.filter(user=second).delete()
    with pytest.raises(workflow.NotSettled):
        ask(second)
    assert not is_done()
    give_factor(second)
    clock.shift(timedelta(hours=25))
    assert not ask(second).undone
    assert is_done()


def test_one_whose_factor_is_new_waits_until_it_is_old(deed, manager, clock, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    ask, is_done = deed
    give_factor(manager)
    decision = ask(manager).written
    clock.shift(timedelta(hours=23))
    Authenticator.objects.update(created_at=timezone.now())
    clock.move_to(decision.due_at)
    assert workflow.carry_out_due() == 0
    assert not is_done()
    clock.shift(timedelta(hours=24))
    assert workflow.carry_out_due() == 1
    assert is_done()


# --- what happens meanwhile -----------------------------------------------------------------------------


def test_who_asks_to_stop_again_meanwhile_is_left_alone(manager, clock):
    ask, is_done = lifting(manager)
    decision = ask(manager).written
    clock.shift(timedelta(hours=1))
    workflow.stop_contact(decision.consult, actor=manager)
    clock.shift(timedelta(hours=24))
    assert workflow.carry_out_due() == 0
    assert not is_done()
    assert fresh(decision).revoked_at


def test_a_wish_grows_by_nobody_who_is_linked_meanwhile(manager, second, clock):
    ask, _is_done = lifting(manager)
    decision = ask(manager).written
    other = make_consult(phone="(555) 555-0177", email="other@example.org")
    ConsultRequest.objects.filter(pk=other.pk).update(created_at=timezone.now() + timedelta(seconds=1))
    other = fresh(other)
    StoppedContact.objects.update(at=timezone.now() - timedelta(hours=2))
    workflow.stop_contact(other, actor=manager)
    StoppedContact.objects.filter(reference=other.reference).update(at=timezone.now() - timedelta(hours=1))
    clock.shift(timedelta(minutes=1))
    workflow.link(fresh(other), actor=manager, version=fresh(other).version, same_as=decision.consult)
    clock.shift(timedelta(hours=24))
    ask(second)
    left = StoppedContact.objects.in_force().values_list("reference", flat=True)
    assert set(left) == {other.reference}


def test_contents_stay_where_something_happened_since(manager, clock):
    ask, is_done = erasing(manager)
    decision = ask(manager).written
    consult = fresh(decision.consult)
    workflow.change_status(consult, actor=manager, version=consult.version, status=Status.WORKING)
    clock.shift(timedelta(hours=24))
    assert workflow.carry_out_due() == 0
    assert not is_done()


def test_a_wish_that_was_taken_back_is_no_half_of_two(manager, second):
    ask, is_done = erasing(manager)
    decision = ask(manager).written
    assert workflow.erasure_asked_by(decision.consult) == manager
    workflow.take_back(decision, actor=second)
    assert workflow.erasure_asked_by(decision.consult) is None
    assert workflow.Undone.DECIDING in ask(second).undone
    assert not is_done()


def test_an_account_that_is_switched_off_meanwhile_gets_no_role(manager, clock):
    user = UserFactory(group="Front desk")
    workflow.give_role(user, "manager", actor=manager)
    workflow.switch_off(user, actor=manager)
    clock.shift(timedelta(hours=24))
    assert workflow.carry_out_due() == 0
    assert not DeskGrant.objects.filter(user=user, until=None).exists()


def test_what_was_decided_opens_nothing_and_names_nobody(deed, manager):
    deed[0](manager)
    decision = Decision.objects.get()
    assert "Sample Person" not in f"{decision} {decision.in_words}"
