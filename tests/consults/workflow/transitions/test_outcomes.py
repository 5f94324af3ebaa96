"""One tap after a call: it is counted, the request moves, and somebody knows when to try again."""

import threading
from collections import Counter
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection

from clinic.core.facts import default_facts, write_facts
from clinic.core.opening_hours import Period, Schedule
from consults import workflow
from consults.enums import OPEN_STATUSES, SPOKEN_REASONS, Outcome, Status
from consults.models import AuditEvent, ConsultRequest, StoppedContact
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
DENVER = ZoneInfo("America/Denver")
OPEN = {day: (Period(time(9), time(17)),) for day in range(5)}


def at(*parts):
    return datetime(*parts, tzinfo=DENVER)


@pytest.fixture
def desk():
    return UserFactory(group="Front desk")


@pytest.fixture(autouse=True)
def open_on_weekdays():
    write_facts(replace(default_facts(), hours=Schedule(zone="America/Denver", week=OPEN)))


def record(consult, desk, outcome, **values):
    workflow.record_outcome(consult, actor=desk, version=consult.version, outcome=outcome, **values)


def test_the_cadence_over_some_days(desk):
    """Tuesday morning, four hours later, the next day at another time, two days later, and the end."""
    with time_machine.travel(at(2026, 11, 17, 9, 0), tick=False):
        consult = make_consult(times=[], voicemail="yes")
    expected = [
        (at(2026, 11, 17, 9, 10), Outcome.NO_ANSWER, at(2026, 11, 17, 13, 15)),
        (at(2026, 11, 17, 13, 15), Outcome.VOICEMAIL, at(2026, 11, 18, 14, 0)),
        (at(2026, 11, 18, 14, 0), Outcome.NO_ANSWER, at(2026, 11, 20, 9, 0)),
    ]
    for moment, outcome, again in expected:
        with time_machine.travel(moment, tick=False):
            record(consult, desk, outcome)
        assert (consult.status, consult.assignee) == ("working", desk)
        assert consult.next_action_at > moment
        assert consult.next_action_at.date() == again.date(), (outcome, consult.next_action_at)
    with time_machine.travel(at(2026, 11, 20, 9, 0), tick=False):
        record(consult, desk, Outcome.NO_ANSWER)
    assert (consult.status, consult.closed_reason, consult.next_action_at) == ("closed", "no_contact", None)
    assert consult.attempts == 4
    assert (consult.attempt_minutes, consult.reach_minutes) == (10, None)


@pytest.mark.parametrize(
    ("outcome", "changes", "status", "reason"),
    [
        (Outcome.BOOKED, {}, "booked", ""),
        (Outcome.NO_ANSWER, {}, "working", ""),
        (Outcome.VOICEMAIL, {}, "working", ""),
        (Outcome.WRONG_NUMBER, {}, "working", ""),
        (Outcome.WRONG_NUMBER, {"email": ""}, "closed", "wrong_details"),
        (Outcome.ASKED_TO_STOP, {}, "closed", "asked_to_stop"),
        (Outcome.DECLINED, {}, "closed", "not_now"),
    ],
)
def test_where_each_outcome_leads(desk, outcome, changes, status, reason):
    consult = make_consult(**changes)
    record(consult, desk, outcome)
    assert (consult.status, consult.closed_reason) == (status, reason)
    assert (consult.next_action_at is not None) == (status in OPEN_STATUSES)
    event = consult.timeline.last()
    assert (event.action, event.outcome, event.actor) == ("attempt", outcome, desk)
    assert AuditEvent.objects.filter(action="change", detail=f"attempt: {outcome}").count() == 1


def test_a_call_back_is_planned_to_the_minute(desk):
    consult = make_consult()
    again = consult.created_at + timedelta(days=2)
    record(consult, desk, Outcome.CALL_BACK, again_at=again)
    assert (consult.status, consult.next_action_at) == ("reached", again)
    assert consult.reached_at is not None


@pytest.mark.parametrize("reason", SPOKEN_REASONS)
def test_somebody_who_does_not_go_on_was_reached_and_may_say_why(desk, reason):
    consult = make_consult()
    record(consult, desk, Outcome.DECLINED, reason=reason)
    assert (consult.status, consult.closed_reason) == ("closed", reason)
    assert None not in (consult.first_attempt_at, consult.reached_at)
    assert (consult.attempts, consult.agreed_at) == (1, None)


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [(Outcome.DECLINED, "asked_to_stop"), (Outcome.DECLINED, "x"), (Outcome.NO_ANSWER, "cost")],
)
def test_no_outcome_takes_a_reason_that_does_not_fit(desk, outcome, reason):
    consult = make_consult()
    with pytest.raises(workflow.InvalidTransition):
        record(consult, desk, outcome, reason=reason)
    consult.refresh_from_db()
    assert (consult.attempts, consult.version) == (0, 1)


@pytest.mark.parametrize("again", [None, timedelta(minutes=-1), timedelta(days=61)])
def test_a_call_back_needs_a_time_that_comes(desk, again):
    consult = make_consult()
    with pytest.raises(workflow.InvalidTransition):
        record(consult, desk, Outcome.CALL_BACK, again_at=again and consult.created_at + again)
    consult.refresh_from_db()
    assert (consult.attempts, consult.version) == (0, 1)


def test_a_voicemail_needs_permission(desk):
    consult = make_consult(voicemail=None)
    with pytest.raises(workflow.InvalidTransition):
        record(consult, desk, Outcome.VOICEMAIL)


@pytest.mark.parametrize("status", [Status.CLOSED, Status.SPAM])
def test_what_is_closed_is_called_no_more(desk, status):
    reason = "cost" if status == Status.CLOSED else ""
    consult = make_consult(claimed_by=desk, status=status, reason=reason)
    with pytest.raises(workflow.InvalidTransition):
        record(consult, desk, Outcome.NO_ANSWER)


def test_whoever_asked_to_be_left_alone_is_known_again_and_no_stranger(desk):
    consult = make_consult(phone="(555) 555-0142", email="stop.me@example.org")
    record(consult, desk, Outcome.ASKED_TO_STOP)
    assert StoppedContact.objects.count() == 2
    by_phone = make_consult(phone="555.555.0142", email="other@example.org")
    by_email = make_consult(phone="(555) 555-0143", email=" STOP.ME@example.org")
    stranger = make_consult(phone="(555) 555-0144", email="somebody@example.org")
    found = [
        workflow.stopped(workflow.open_consult(r, actor=desk, purpose="triage")[0])
        for r in (by_phone, by_email, stranger)
    ]
    assert [entry and entry.reference for entry in found] == [consult.reference, consult.reference, None]
    stored = str(list(StoppedContact.objects.values()))
    # Four digits stand in some hash or moment by chance.
    assert not [part for part in ("5550142", "555-0142", "stop.me") if part in stored]


def test_clocks_count_opening_minutes_and_only_attempts_stop_them(desk):
    # Friday evening: the clock begins on Monday at nine.
    with time_machine.travel(at(2026, 11, 20, 19, 0), tick=False):
        consult = make_consult()
    with time_machine.travel(at(2026, 11, 23, 9, 5), tick=False):
        workflow.open_consult(consult, actor=desk, purpose="triage")
        workflow.add_note(consult, actor=desk, text="Looks fine.")
        workflow.claim(consult, actor=desk, version=1)
        consult.refresh_from_db()
        assert consult.first_attempt_at is None
    with time_machine.travel(at(2026, 11, 23, 9, 12), tick=False):
        record(consult, desk, Outcome.NO_ANSWER)
    with time_machine.travel(at(2026, 11, 23, 14, 0), tick=False):
        record(consult, desk, Outcome.BOOKED)
    assert (consult.attempt_minutes, consult.reach_minutes) == (12, 300)


def test_of_twenty_at_once_one_wins(committed, desk):
    consult = make_consult()
    results = []

    def tap():
        mine = ConsultRequest.objects.get(pk=consult.pk)
        try:
            workflow.record_outcome(mine, actor=desk, version=1, outcome=Outcome.NO_ANSWER)
            results.append("done")
        except workflow.StaleRequest:
            results.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=tap) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    consult.refresh_from_db()
    assert Counter(results) == {"done": 1, "stale": 19}
    assert (consult.attempts, consult.version) == (1, 2)
    assert consult.timeline.filter(action="attempt").count() == 1


def written_to(way, **changes):
    """Make a request of somebody who asked for a way, with number, address and a yes to texts."""
    return make_consult(times=[], way=way, texting="yes", phone="(555) 555-0123", **changes)


@pytest.mark.parametrize(("way", "outcome"), [("text", Outcome.TEXTED), ("email", Outcome.WROTE)])
def test_writing_in_the_asked_way_is_a_try_of_the_cadence(desk, way, outcome):
    with time_machine.travel(at(2026, 11, 17, 9, 0), tick=False):
        consult = written_to(way)
        record(consult, desk, outcome)
    assert (consult.status, consult.attempts, consult.unanswered) == ("working", 1, 1)
    assert consult.first_attempt_at
    assert consult.reached_at is None
    assert consult.next_action_at >= at(2026, 11, 17, 13, 0)


def test_an_email_beside_a_call_gives_nobody_up_sooner(desk, settings):
    settings.CONSULTS_CADENCE_HOURS = [4]
    with time_machine.travel(at(2026, 11, 17, 9, 0), tick=False):
        consult = written_to("call")
        record(consult, desk, Outcome.NO_ANSWER)
        record(consult, desk, Outcome.WROTE)
    assert (consult.status, consult.attempts, consult.unanswered) == ("working", 2, 1)
    assert consult.next_action_at >= at(2026, 11, 18, 9, 0)


def test_an_answer_in_writing_reaches_somebody(desk):
    with time_machine.travel(at(2026, 11, 17, 9, 0), tick=False):
        consult = written_to("email")
        record(consult, desk, Outcome.WROTE)
        record(consult, desk, Outcome.ANSWERED)
    assert (consult.status, consult.unanswered) == ("reached", 0)
    assert consult.reached_at
    assert consult.next_action_at >= at(2026, 11, 18, 9, 0)


@pytest.mark.parametrize(
    ("outcome", "lacking"),
    [(Outcome.TEXTED, {"texting": None}), (Outcome.WROTE, {"email": ""})],
)
def test_nobody_writes_where_that_was_not_allowed_or_there_is_no_address(desk, outcome, lacking):
    consult = make_consult(way="call", **lacking)
    assert outcome not in workflow.possible_outcomes(consult)
    with pytest.raises(workflow.InvalidTransition):
        record(consult, desk, outcome)
    assert consult.timeline.filter(action="attempt").count() == 0


@pytest.mark.parametrize(
    ("way", "first"), [("call", Outcome.BOOKED), ("text", Outcome.TEXTED), ("email", Outcome.WROTE)]
)
def test_what_fits_the_asked_way_is_offered_first(way, first):
    assert workflow.possible_outcomes(written_to(way))[0] == first
