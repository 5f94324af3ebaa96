"""While the release before still runs, it books and closes without rows of appointments."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consults import workflow
from consults.enums import Outcome, Status
from consults.models import Appointment, ConsultRequest
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return UserFactory(group="Front desk")


def ahead(days):
    return timezone.now() + timedelta(days=days)


def do(verb, consult, desk, **values):
    return verb(consult, actor=desk, version=consult.version, **values)


def booked(desk, starts_at):
    consult = make_consult()
    do(workflow.record_outcome, consult, desk, outcome=Outcome.BOOKED, again_at=starts_at)
    return consult


def without_rows(consult):
    """Leave it as the release before does."""
    Appointment.objects.filter(consult=consult).delete()
    return consult


def states():
    return list(Appointment.objects.order_by("consult_id").values_list("consult", "state"))


def test_what_it_booked_gets_its_appointment_once(desk):
    consult, at = booked(desk, ahead(3)), ahead(3)
    ConsultRequest.objects.filter(pk=consult.pk).update(agreed_at=at)
    without_rows(consult)
    assert workflow.follow_release_before() == 1
    made = workflow.planned_of(consult)
    assert (made.starts_at, made.location) == (at, consult.location)
    assert (made.made_in.outcome, made.made_in.actor) == ("booked", desk)
    assert workflow.follow_release_before() == 0


def test_what_it_booked_after_an_appointment_came_to_nothing_is_another_one(desk):
    consult = booked(desk, ahead(3))
    do(workflow.cancel_appointment, consult, desk)
    do(workflow.record_outcome, consult, desk, outcome=Outcome.BOOKED, again_at=ahead(5))
    workflow.planned_of(consult).delete()
    assert workflow.follow_release_before() == 1
    assert workflow.planned_of(consult).starts_at == consult.agreed_at


def test_a_call_back_is_no_appointment_nor_is_who_came_expected_again(desk):
    called = booked(desk, ahead(3))
    do(workflow.record_outcome, called, desk, outcome=Outcome.CALL_BACK, again_at=ahead(1))
    without_rows(called)
    do(workflow.record_outcome, called, desk, outcome=Outcome.BOOKED)
    came = booked(desk, timezone.now() + timedelta(minutes=30))
    do(workflow.note_came, came, desk)
    do(workflow.record_outcome, came, desk, outcome=Outcome.CALL_BACK, again_at=ahead(1))
    do(workflow.record_outcome, make_consult(), desk, outcome=Outcome.BOOKED)
    assert workflow.follow_release_before() == 0
    assert states() == [(came.pk, "came")]


@pytest.mark.parametrize("outcome", [Outcome.ANSWERED, Outcome.CLINICIAN])
def test_what_else_was_agreed_with_somebody_booked_makes_no_appointment(desk, settings, outcome):
    settings.CONSULTS_CRISIS_CLINICIAN = "Dr. Sample"
    consult = make_consult()
    do(workflow.record_outcome, consult, desk, outcome=Outcome.BOOKED)
    do(workflow.record_outcome, consult, desk, outcome=outcome, again_at=ahead(1))
    assert (consult.status, consult.agreed_at is None) == (Status.BOOKED, False)
    assert workflow.follow_release_before() == 0
    assert states() == []


def test_what_it_closed_or_put_on_record_leaves_none_as_planned(desk):
    """The version before knows of no rows: they are as they were before the change."""
    closed, seen, expected = booked(desk, ahead(3)), booked(desk, ahead(3)), booked(desk, ahead(3))
    Appointment.objects.filter(consult=seen).update(starts_at=ahead(-1))
    do(workflow.cancel_appointment, closed, desk)
    do(workflow.put_on_record, seen, desk)
    do(workflow.put_on_record, expected, desk)
    Appointment.objects.update(state="planned", ended_in=None)
    assert workflow.follow_release_before() == 2
    assert states() == [(closed.pk, "cancelled"), (seen.pk, "came"), (expected.pk, "planned")]
    ended = closed.appointments.get().ended_in
    assert (ended.consult, ended.from_status, ended.to_status) == (closed, Status.BOOKED, Status.REACHED)
    assert workflow.follow_release_before() == 0


def move_as_before(consult, desk, at):
    """Book it again for another time, as the release before does: in the columns of the request alone."""
    rows = list(Appointment.objects.filter(consult=consult).values())
    do(workflow.record_outcome, consult, desk, outcome=Outcome.BOOKED, again_at=at)
    Appointment.objects.filter(consult=consult).exclude(pk__in=[row["id"] for row in rows]).delete()
    for row in rows:
        Appointment.objects.filter(pk=row["id"]).update(**row)


def test_what_it_moved_is_moved_once(desk):
    consult, moved, other = booked(desk, ahead(3)), ahead(5), booked(desk, ahead(3))
    move_as_before(consult, desk, moved)
    assert workflow.planned_of(consult).starts_at != moved
    assert workflow.follow_release_before() == 1
    first, second = consult.appointments.order_by("pk")
    assert (first.state, second.state, second.starts_at) == ("moved", "planned", moved)
    assert first.ended_in == second.made_in == consult.timeline.filter(outcome="booked").last()
    assert (second.instead_of, second.calendar_id, second.revision) == (first, first.calendar_id, 1)
    assert workflow.follow_release_before() == 0
    assert other.appointments.count() == 1
    move_as_before(consult, desk, ahead(6))
    assert workflow.follow_release_before() == 1


@pytest.mark.parametrize("outcome", [Outcome.CALL_BACK, Outcome.ANSWERED])
def test_what_else_was_agreed_beside_an_appointment_moves_it_not(desk, outcome):
    consult = booked(desk, ahead(3))
    do(workflow.record_outcome, consult, desk, outcome=outcome, again_at=ahead(1))
    assert workflow.follow_release_before() == 0
    # Confirmed by the release before, the column goes on holding that.
    at = ConsultRequest.objects.get(pk=consult.pk).agreed_at
    do(workflow.record_outcome, consult, desk, outcome=Outcome.BOOKED)
    ConsultRequest.objects.filter(pk=consult.pk).update(agreed_at=at)
    assert workflow.follow_release_before() == 0


def test_what_this_release_moves_corrects_and_takes_back_stays(desk):
    consult = booked(desk, ahead(3))
    do(workflow.record_outcome, consult, desk, outcome=Outcome.BOOKED, again_at=ahead(5))
    before = workflow.as_it_stands(consult)
    do(workflow.record_outcome, consult, desk, outcome=Outcome.BOOKED, again_at=ahead(6))
    do(workflow.undo, consult, desk, before=before)
    rows = list(Appointment.objects.values())
    assert workflow.follow_release_before() == 0
    assert list(Appointment.objects.values()) == rows


def test_where_there_is_nothing_to_do_it_asks_thrice(desk, count_queries):
    for _ in range(3):
        booked(desk, ahead(3))
    assert count_queries(workflow.follow_release_before) == 3
