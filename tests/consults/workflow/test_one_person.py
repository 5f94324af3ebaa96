"""Stop, hold and erase hold for the person: each request has its event, and its reason why not."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from consults import workflow
from consults.enums import ClosedReason, DecisionKind, Outcome, Purpose, Status
from consults.models import AuditEvent, ConsultRequest, Decision
from tests.accounts.signing_in import sign_in
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
NUMBERS = ["(555) 555-0171", "(555) 555-0172", "(555) 555-0173"]


@pytest.fixture
def manager(client):
    user = UserFactory(group="Managers")
    sign_in(client, user)
    return user


@pytest.fixture
def second_manager():
    return UserFactory(group="Managers")


def thread(actor, number=3, *, is_read=True, **columns):
    """Store so many linked requests with numbers of their own."""
    requests = [
        make_consult(name="Harper Quill", phone=NUMBERS[n], email=f"mail{n}@example.org")
        for n in range(number)
    ]
    for hours, consult in enumerate(reversed(requests)):
        at = timezone.now() - timedelta(hours=hours + 1)
        ConsultRequest.objects.filter(pk=consult.pk).update(created_at=at, **columns)
        consult.refresh_from_db()
        if is_read:
            workflow.open_consult(consult, actor=actor, purpose=Purpose.TRIAGE)
    first, *others = requests
    for other in others:
        workflow.link(other, actor=actor, version=other.version, same_as=first)
    return requests


ENDED = {"status": Status.CLOSED, "closed_reason": ClosedReason.COST, "next_action_at": None}


def press(client, name, consult, **values):
    """Press a button of the page, and return what was said."""
    consult.refresh_from_db()
    address = reverse(f"consult_requests:{name}", args=[consult.pk])
    response = client.post(address, {"version": consult.version, **values}, follow=True)
    return " ".join(str(message) for message in response.context["messages"])


def fresh(*requests):
    for consult in requests:
        consult.refresh_from_db()
    return requests


# --- stop -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("outcome", {"outcome": Outcome.ASKED_TO_STOP}),
        ("status", {"status": Status.CLOSED, "reason": ClosedReason.ASKED_TO_STOP}),
    ],
)
def test_a_stop_ends_all_of_them_and_covers_every_number(client, manager, name, values):
    first, second, third = thread(manager)
    said = press(client, name, third, **values)
    assert f"Asked us to stop, also for: {first}, {second}." in said
    for consult in fresh(first, second, third):
        assert (consult.status, consult.closed_reason) == (Status.CLOSED, ClosedReason.ASKED_TO_STOP)
        assert AuditEvent.objects.filter(action="change", references=consult.reference).exists()
    for number in NUMBERS:
        again = make_consult(phone=number, email="new@example.org")
        assert workflow.stops_of([again])[again.pk].reference == third.reference


def test_a_stop_on_an_ended_one_covers_the_others_too(client, manager):
    first, second = thread(manager, 2)
    ConsultRequest.objects.filter(pk=first.pk).update(**ENDED)
    ConsultRequest.objects.filter(pk=second.pk).update(**ENDED)
    said = press(client, "stop", second)
    assert f"Asked us to stop, also for: {first}." in said
    for consult in (first, second):
        assert consult.timeline.filter(action="stop").count() == 1
    # What one act stopped another one lifts, with two managers.
    workflow.lift_stop(second, actor=manager, reason="They called us.")
    workflow.lift_stop(second, actor=UserFactory(group="Managers"), reason="They called us.")
    again = make_consult(phone=NUMBERS[0], email="new@example.org")
    assert workflow.stops_of([again]) == {}


def test_what_a_stop_cannot_end_says_why(client, manager):
    first, second = thread(manager, 2, is_read=False)
    # The page was open since before it was linked, so nobody has read the other one.
    said = press(client, "status", second, status=Status.CLOSED, reason=ClosedReason.ASKED_TO_STOP)
    assert "Nobody has opened" in said
    workflow.open_consult(second, actor=manager, purpose=Purpose.TRIAGE)
    ConsultRequest.objects.filter(pk=first.pk).update(seen_at=None)
    said = press(client, "outcome", second, outcome=Outcome.ASKED_TO_STOP)
    assert f"Nobody has opened {first} yet" in said
    assert fresh(first)[0].is_open
    # Whoever comes upon it is warned.
    assert first.pk in workflow.stops_of([first])


def test_a_stop_on_an_ended_one_that_does_not_open_ends_the_others_all_the_same(client, manager):
    first, second = thread(manager, 2)
    ConsultRequest.objects.filter(pk=second.pk).update(**ENDED, envelope=b"\x01damaged")
    said = press(client, "stop", second)
    assert f"{second} can't be opened" in said
    assert f"Asked us to stop, also for: {first}." in said
    [first] = fresh(first)
    assert (first.status, first.closed_reason) == (Status.CLOSED, ClosedReason.ASKED_TO_STOP)
    again = make_consult(phone=NUMBERS[0], email="new@example.org")
    assert workflow.stops_of([again])[again.pk].reference == first.reference


def test_a_damaged_one_does_not_keep_the_numbers_of_the_others(client, manager):
    first, second, third = thread(manager)
    ConsultRequest.objects.filter(pk=first.pk).update(envelope=b"\x01damaged")
    press(client, "outcome", third, outcome=Outcome.ASKED_TO_STOP)
    assert second.pk in workflow.stops_of([second])


# --- hold -------------------------------------------------------------------------------------------------


def test_a_hold_holds_for_all_and_ends_for_all_with_two_managers(client, manager, second_manager):
    requests = thread(manager)
    first, second, third = requests
    said = press(client, "hold", second, on_hold="yes")
    assert f"The same for: {first}, {third}." in said
    for consult in fresh(*requests):
        assert consult.on_hold
        assert consult.timeline.filter(action="hold").count() == 1
    said = press(client, "hold", second, on_hold="")
    assert "a second manager has to agree" in said
    assert Decision.objects.open().filter(kind=DecisionKind.RELEASE).count() == 3
    sign_in(client, second_manager)
    press(client, "hold", second, on_hold="")
    assert not any(consult.on_hold for consult in fresh(*requests))
    assert not Decision.objects.open().exists()


# --- erase ------------------------------------------------------------------------------------------------


def test_erasing_takes_two_managers_and_covers_all_that_ended(client, manager, second_manager):
    requests = thread(manager, **ENDED)
    first, second, third = requests
    said = press(client, "erase", first)
    assert f"The same for: {second}, {third}." in said
    assert Decision.objects.open().filter(kind=DecisionKind.ERASE).count() == 3
    # The same manager again changes nothing for the others.
    press(client, "erase", first)
    assert second.timeline.filter(action="ask_erase").count() == 1
    sign_in(client, second_manager)
    said = press(client, "erase", first)
    assert f"The same for: {second}, {third}." in said
    for consult in fresh(*requests):
        assert consult.purged_at
        assert AuditEvent.objects.filter(action="purge", references=consult.reference).count() == 1
    assert not Decision.objects.open().exists()


def test_what_is_open_or_kept_is_not_erased_and_says_so(client, manager, second_manager):
    first, second, third = thread(manager)
    ConsultRequest.objects.filter(pk=first.pk).update(**ENDED, on_hold=True)
    ConsultRequest.objects.filter(pk=third.pk).update(**ENDED)
    for user in (manager, second_manager):
        sign_in(client, user)
        said = press(client, "erase", third)
        assert f"{first}: not done, since it is kept beyond its time." in said
        assert f"{second}: not done, since it is still open." in said
    assert [bool(consult.purged_at) for consult in fresh(first, second, third)] == [False, False, True]
    # They are still one person.
    assert second.same_as == first


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_agree_at_once_remove_each_once(committed):
    first_one, *agreeing = (UserFactory(group="Managers") for _ in range(3))
    requests = thread(first_one, **ENDED)
    for consult in requests:
        workflow.erase(consult, actor=first_one, version=consult.version)
    ready, failed = threading.Barrier(2), []

    def agree(manager, consult):
        """As the page does it: hold the person's requests, then each of them."""
        try:
            consult = ConsultRequest.objects.get(pk=consult.pk)
            ready.wait(timeout=20)
            with transaction.atomic():
                workflow.hold_thread(consult)
                others = workflow.others_of(consult)
                workflow.erase(consult, actor=manager, version=consult.version)
                workflow.erase_others(others, actor=manager)
        except (workflow.StaleRequest, workflow.InvalidTransition) as problem:
            failed.append(problem)
        finally:
            connection.close()

    both = [threading.Thread(target=agree, args=pair) for pair in zip(agreeing, requests, strict=False)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    # Whoever was second finds it done.
    assert len(failed) == 1
    for consult in fresh(*requests):
        assert consult.purged_at
        assert consult.timeline.filter(action="purge").count() == 1


def test_the_front_desk_does_none_of_it(client):
    desk = UserFactory(group="Front desk")
    sign_in(client, desk)
    requests = thread(desk, 2, **ENDED)
    for name in ("hold", "erase"):
        response = client.post(
            reverse(f"consult_requests:{name}", args=[requests[0].pk]), {"version": requests[0].version}
        )
        assert response.status_code == 403
    assert not any(consult.on_hold or consult.purged_at for consult in fresh(*requests))
