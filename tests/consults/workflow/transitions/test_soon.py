"""What is to be read first comes up soon by every path, until two people or the clinician dealt with it."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from clinic.core.facts import default_facts, write_facts
from clinic.core.opening_hours import Period, Schedule
from consults import workflow
from consults.enums import Outcome, Priority, Status
from consults.models import ConsultRequest
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
DENVER = ZoneInfo("America/Denver")
WORDS = "I want to kill myself tonight."
# A Tuesday morning.
NOW = datetime(2026, 11, 17, 9, 30, tzinfo=DENVER)
LATEST = NOW + timedelta(minutes=30)
LATER = NOW + timedelta(days=9)


@pytest.fixture
def one():
    return UserFactory(group="Front desk")


@pytest.fixture
def other():
    return UserFactory(group="Front desk")


@pytest.fixture(autouse=True)
def clock(settings):
    """A clinic that named its clinician, on a weekday."""
    settings.CONSULTS_CRISIS_CLINICIAN = "Dr. Sample"
    week = {day: (Period(time(9), time(17)),) for day in range(5)}
    write_facts(replace(default_facts(), hours=Schedule(zone="America/Denver", week=week)))
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def put(consult, **columns):
    """Put a request where it is wanted, past the workflow."""
    ConsultRequest.objects.filter(pk=consult.pk).update(**columns)
    consult.refresh_from_db()


@pytest.fixture
def marked(one):
    """A request that the site put first, planned for much later all the same."""
    consult = make_consult(note=WORDS, voicemail="yes")
    workflow.open_consult(consult, actor=one, purpose="triage")
    put(consult, next_action_at=LATER)
    return consult


def colleague():
    return UserFactory(group="Front desk")


def earlier():
    consult = make_consult()
    put(consult, created_at=NOW - timedelta(days=2))
    return consult


def reply(consult, **by):
    return workflow.send_reply(consult, template=None, subject="Hello", base="", text="Please call us.", **by)


PATHS = {
    "no answer": lambda r, **by: workflow.record_outcome(r, outcome=Outcome.NO_ANSWER, **by),
    "voicemail": lambda r, **by: workflow.record_outcome(r, outcome=Outcome.VOICEMAIL, **by),
    "call back": lambda r, **by: workflow.record_outcome(r, outcome=Outcome.CALL_BACK, again_at=LATER, **by),
    "booked": lambda r, **by: workflow.record_outcome(r, outcome=Outcome.BOOKED, again_at=LATER, **by),
    "booked sometime": lambda r, **by: workflow.record_outcome(r, outcome=Outcome.BOOKED, **by),
    "wrong number": lambda r, **by: workflow.record_outcome(r, outcome=Outcome.WRONG_NUMBER, **by),
    "asked to stop": lambda r, **by: workflow.record_outcome(r, outcome=Outcome.ASKED_TO_STOP, **by),
    "claim": workflow.claim,
    "assign": lambda r, **by: workflow.assign(r, assignee=colleague(), **by),
    "move": lambda r, **by: workflow.change_status(r, status=Status.WORKING, **by),
    "wish to close": lambda r, **by: workflow.change_status(r, status="closed", reason="later", **by),
    "wish to call it spam": lambda r, **by: workflow.change_status(r, status=Status.SPAM, **by),
    "mark again": lambda r, **by: workflow.set_priority(r, priority=Priority.FIRST + 1, **by),
    "link": lambda r, **by: workflow.link(r, same_as=earlier(), **by),
    "reply": reply,
    "note and outcome": lambda r, actor, version: workflow.with_note(
        workflow.record_outcome, r, actor=actor, version=version, outcome=Outcome.NO_ANSWER, text="Rang."
    )[0],
}


@pytest.mark.parametrize("path", PATHS)
def test_whatever_one_person_does_it_comes_up_within_half_an_hour_of_opening(marked, one, path):
    done = PATHS[path](marked, actor=one, version=marked.version)
    marked.refresh_from_db()
    assert marked.is_open
    assert marked.next_action_at <= LATEST
    assert isinstance(done, workflow.Done)
    assert workflow.latest_next_action(marked, NOW) == LATEST


@pytest.mark.parametrize("path", ["no answer", "call back", "booked", "claim", "reply"])
def test_what_a_path_brought_forward_it_says(marked, one, path):
    done = PATHS[path](marked, actor=one, version=marked.version)
    assert done.undone == (workflow.Undone.WAITING,)
    assert marked.next_action_at == LATEST


def test_it_is_not_put_off_further(marked, one):
    put(marked, next_action_at=NOW)
    for until in (LATEST + timedelta(minutes=1), LATER):
        with pytest.raises(workflow.PutOffTooLong):
            workflow.snooze(marked, actor=one, version=marked.version, until=until)
    marked.refresh_from_db()
    assert (marked.next_action_at, marked.version) == (NOW, 1)
    workflow.snooze(marked, actor=one, version=marked.version, until=LATEST)
    assert marked.next_action_at == LATEST


def test_a_mark_brings_forward_what_was_put_off(one):
    consult = make_consult()
    workflow.snooze(consult, actor=one, version=1, until=LATER)
    workflow.report_missed(consult, actor=one, version=2)
    assert consult.next_action_at == LATEST


@pytest.mark.parametrize("status", [Status.SPAM, Status.QUARANTINE])
def test_what_was_no_spam_after_all_is_due_at_once(marked, one, status):
    put(marked, status=status, next_action_at=None)
    workflow.change_status(marked, actor=one, version=1, status=Status.NEW)
    assert marked.next_action_at == NOW
    with pytest.raises(workflow.PutOffTooLong):
        workflow.snooze(marked, actor=one, version=2, until=LATER)


def test_half_an_hour_counts_while_the_clinic_is_open(marked, one, clock):
    clock.move_to(NOW.replace(hour=16, minute=50))
    workflow.claim(marked, actor=one, version=1)
    assert marked.next_action_at == NOW.replace(day=18, hour=9, minute=20)


def test_one_person_who_tries_again_and_again_is_one_person(marked, one):
    for _ in range(6):
        workflow.record_outcome(marked, actor=one, version=marked.version, outcome=Outcome.NO_ANSWER)
        assert (marked.is_open, marked.next_action_at <= LATEST) == (True, True)


def test_once_a_second_person_dealt_with_it_it_may_wait(marked, one, other):
    workflow.record_outcome(marked, actor=one, version=1, outcome=Outcome.NO_ANSWER)
    done = workflow.record_outcome(marked, actor=other, version=2, outcome=Outcome.NO_ANSWER)
    assert done.undone == ()
    assert marked.next_action_at > LATEST
    workflow.snooze(marked, actor=one, version=3, until=LATER)
    assert marked.next_action_at == LATER


@pytest.mark.parametrize(
    "deal",
    [
        workflow.hand_to_clinician,
        lambda r, **by: workflow.record_outcome(r, outcome=Outcome.CLINICIAN, **by),
    ],
    ids=["handed over", "plan made"],
)
def test_once_the_clinician_dealt_with_it_it_may_wait(marked, one, deal):
    deal(marked, actor=one, version=1)
    workflow.snooze(marked, actor=one, version=2, until=LATER)
    assert marked.next_action_at == LATER


def test_an_agreed_time_stays_known_and_holds_again_after_the_hand_over(marked, one):
    workflow.record_outcome(marked, actor=one, version=1, outcome=Outcome.CALL_BACK, again_at=LATER)
    assert (marked.next_action_at, marked.agreed_at) == (LATEST, LATER)
    workflow.hand_to_clinician(marked, actor=one, version=2)
    assert (marked.next_action_at, marked.agreed_at) == (LATER, LATER)


def test_a_new_mark_begins_anew(marked, one):
    workflow.hand_to_clinician(marked, actor=one, version=1)
    workflow.set_priority(marked, actor=one, version=2, priority=Priority.NOW)
    assert marked.next_action_at == LATEST


def test_what_is_in_its_turn_or_has_no_clinician_waits_as_before(marked, one, settings):
    plain = make_consult()
    workflow.snooze(plain, actor=one, version=1, until=LATER)
    settings.CONSULTS_CRISIS_CLINICIAN = ""
    workflow.snooze(marked, actor=one, version=1, until=LATER)
    assert plain.next_action_at == marked.next_action_at == LATER
