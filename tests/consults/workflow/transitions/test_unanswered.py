"""Tries in vain are counted since somebody was last reached, and never close what was agreed."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from clinic.core.facts import default_facts, write_facts
from clinic.core.opening_hours import Period, Schedule
from consults import workflow
from consults.enums import Outcome, Status
from consults.triage.lists.reasons import reasons_for
from consults.workflow.transitions.outcomes import AFTER_BOOKING, AFTER_PLAN, AFTER_WRONG_NUMBER
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
DENVER = ZoneInfo("America/Denver")
# A Tuesday morning.
NOW = datetime(2026, 11, 17, 9, 30, tzinfo=DENVER)
UNANSWERED = [Outcome.NO_ANSWER, Outcome.VOICEMAIL]


@pytest.fixture
def desk():
    return UserFactory(group="Front desk")


@pytest.fixture(autouse=True)
def clock():
    week = {day: (Period(time(9), time(17)),) for day in range(5)}
    write_facts(replace(default_facts(), hours=Schedule(zone="America/Denver", week=week)))
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def make(**changes):
    return make_consult(times=[], voicemail="yes", **changes)


def record(consult, desk, outcome, **values):
    return workflow.record_outcome(consult, actor=desk, version=consult.version, outcome=outcome, **values)


def call_back(consult, desk, after):
    return record(consult, desk, Outcome.CALL_BACK, again_at=datetime.now(DENVER) + after)


def test_what_reached_somebody_is_no_try_in_vain(desk):
    consult = make()
    for _ in range(3):
        call_back(consult, desk, timedelta(hours=1))
    record(consult, desk, Outcome.BOOKED, again_at=NOW + timedelta(days=2))
    record(consult, desk, Outcome.NO_ANSWER)
    assert (consult.status, consult.closed_reason) == (Status.BOOKED, "")
    assert (consult.attempts, consult.unanswered) == (5, 1)


@pytest.mark.parametrize("tries", [1, 4, 9])
def test_no_number_of_tries_closes_an_appointment(desk, clock, tries):
    """First the reminders before it, then the calls after somebody didn't come."""
    consult = make()
    appointment = NOW + timedelta(days=1)
    record(consult, desk, Outcome.BOOKED, again_at=appointment)
    for _ in range(tries):
        record(consult, desk, Outcome.NO_ANSWER)
        assert (consult.status, consult.next_action_at) == (Status.BOOKED, appointment)
    for _ in range(tries):
        clock.move_to(consult.next_action_at)
        record(consult, desk, Outcome.VOICEMAIL)
        assert consult.status == Status.BOOKED
        assert consult.next_action_at > datetime.now(DENVER)


def test_tries_before_an_agreed_call_back_end_nothing_and_keep_its_time(desk):
    consult = make()
    again = NOW + timedelta(days=2)
    record(consult, desk, Outcome.CALL_BACK, again_at=again)
    for _ in range(6):
        record(consult, desk, Outcome.NO_ANSWER)
        assert (consult.status, consult.next_action_at) == (Status.REACHED, again)


def test_after_a_missed_call_back_the_cadence_begins_anew(desk, clock):
    consult = make()
    for _ in range(3):
        record(consult, desk, Outcome.NO_ANSWER)
    call_back(consult, desk, timedelta(hours=2))
    for tries in range(1, 4):
        clock.move_to(consult.next_action_at)
        record(consult, desk, Outcome.NO_ANSWER)
        assert consult.status == Status.REACHED
        assert consult.unanswered == tries
    assert f"{tries} of 4 tries made since you spoke" in reasons_for(consult, datetime.now(DENVER))
    clock.move_to(consult.next_action_at)
    record(consult, desk, Outcome.NO_ANSWER)
    assert (consult.status, consult.closed_reason, consult.agreed_at) == (Status.CLOSED, "no_contact", None)


@pytest.mark.parametrize("status", [Status.REACHED, Status.BOOKED])
def test_whoever_says_that_they_spoke_begins_anew(desk, status):
    consult = make(claimed_by=desk)
    for _ in range(3):
        record(consult, desk, Outcome.NO_ANSWER)
    workflow.change_status(consult, actor=desk, version=consult.version, status=status)
    record(consult, desk, Outcome.NO_ANSWER)
    assert consult.status == status
    assert consult.unanswered == 1


def test_what_is_opened_again_is_tried_again(desk):
    consult = make()
    for _ in range(4):
        record(consult, desk, Outcome.NO_ANSWER)
    assert consult.status == Status.CLOSED
    workflow.change_status(consult, actor=desk, version=consult.version, status=Status.WORKING)
    record(consult, desk, Outcome.NO_ANSWER)
    assert consult.status == Status.WORKING
    assert (consult.unanswered, consult.attempts) == (1, 5)


def test_a_wrong_number_is_no_try_in_vain(desk):
    consult = make()
    record(consult, desk, Outcome.WRONG_NUMBER)
    assert (consult.attempts, consult.unanswered) == (1, 0)


def test_a_wrong_number_closes_no_appointment(desk):
    consult = make(email="")
    record(consult, desk, Outcome.BOOKED, again_at=NOW + timedelta(days=2))
    record(consult, desk, Outcome.WRONG_NUMBER)
    assert (consult.status, consult.next_action_at) == (Status.BOOKED, NOW + timedelta(days=2))


def test_a_wrong_number_closes_no_appointment_whose_time_has_passed(desk, clock):
    consult = make(email="")
    record(consult, desk, Outcome.BOOKED, again_at=NOW + timedelta(hours=2))
    clock.move_to(NOW + timedelta(hours=3))
    record(consult, desk, Outcome.WRONG_NUMBER)
    assert (consult.status, consult.next_action_at) == (
        Status.BOOKED,
        NOW + timedelta(hours=3) + AFTER_BOOKING,
    )


def test_a_wrong_number_ends_no_agreed_call_back(desk):
    consult = make(email="")
    call_back(consult, desk, timedelta(hours=2))
    record(consult, desk, Outcome.WRONG_NUMBER)
    assert (consult.status, consult.next_action_at) == (Status.REACHED, NOW + timedelta(hours=2))


def test_when_a_booked_one_comes_up_where_nobody_said_a_time(desk):
    consult = make()
    record(consult, desk, Outcome.BOOKED)
    assert consult.next_action_at == NOW + AFTER_BOOKING == NOW + timedelta(days=1)
    assert consult.agreed_at is None


def test_when_a_wrong_number_comes_up_for_an_email(desk):
    consult = make()
    record(consult, desk, Outcome.WRONG_NUMBER)
    assert consult.next_action_at == NOW + AFTER_WRONG_NUMBER == NOW + timedelta(minutes=15)


def test_when_a_plan_with_the_clinician_comes_up(desk, settings):
    settings.CONSULTS_CRISIS_CLINICIAN = "Dr. Sample"
    consult = make()
    record(consult, desk, Outcome.CLINICIAN)
    assert consult.next_action_at == NOW + AFTER_PLAN == NOW + timedelta(days=1)


def test_an_appointment_that_is_confirmed_keeps_its_time_and_a_call_back_is_none(desk):
    consult = make()
    call_back(consult, desk, timedelta(hours=2))
    record(consult, desk, Outcome.BOOKED)
    assert consult.next_action_at == NOW + AFTER_BOOKING
    record(consult, desk, Outcome.BOOKED, again_at=NOW + timedelta(days=3))
    record(consult, desk, Outcome.BOOKED)
    assert consult.next_action_at == consult.agreed_at == NOW + timedelta(days=3)


def test_a_clinic_without_a_cadence_keeps_its_appointments(desk, settings):
    settings.CONSULTS_CADENCE_HOURS = []
    consult = make()
    record(consult, desk, Outcome.BOOKED)
    record(consult, desk, Outcome.NO_ANSWER)
    assert (consult.status, consult.next_action_at > NOW) == (Status.BOOKED, True)
