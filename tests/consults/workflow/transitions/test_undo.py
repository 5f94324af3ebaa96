"""Taking back the last change: all of it, for a minute, and only while nobody acted since."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from clinic.core.facts import default_facts, write_facts
from clinic.core.opening_hours import Period, Schedule
from consults import workflow
from consults.enums import Outcome, Priority, Status
from consults.models import AuditEvent, ConsultRequest, DeskGrant
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 17, 9, 30, tzinfo=ZoneInfo("America/Denver"))
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def desk():
    return UserFactory(group="Front desk")


@pytest.fixture(autouse=True)
def on_tuesday():
    week = {day: (Period(time(9), time(17)),) for day in range(5)}
    write_facts(replace(default_facts(), hours=Schedule(zone="America/Denver", week=week)))
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def columns(consult):
    """Everything that is stored of a request, but for what counts its changes."""
    row = ConsultRequest.objects.filter(pk=consult.pk).values().get()
    return {name: value for name, value in row.items() if name not in ("version", "updated_at")}


def change(consult, desk, verb, **values):
    """Change a request; return what undoing it needs, and whether it can be undone."""
    before = workflow.as_it_stands(consult)
    done = verb(consult, actor=desk, version=consult.version, **values)
    return before, workflow.may_undo(done, consult, before)


def undo(consult, desk, before):
    return workflow.undo(consult, actor=desk, version=consult.version, before=before)


@pytest.mark.parametrize(
    ("verb", "values"),
    [
        (workflow.claim, {}),
        (workflow.snooze, {"until": TOMORROW}),
        (workflow.record_outcome, {"outcome": Outcome.NO_ANSWER}),
        (workflow.record_outcome, {"outcome": Outcome.VOICEMAIL}),
        (workflow.record_outcome, {"outcome": Outcome.WRONG_NUMBER}),
        (workflow.record_outcome, {"outcome": Outcome.CALL_BACK, "again_at": TOMORROW}),
        (workflow.record_outcome, {"outcome": Outcome.WROTE}),
        (workflow.record_outcome, {"outcome": Outcome.ANSWERED}),
    ],
)
def test_everything_comes_back_and_both_are_kept(desk, verb, values):
    consult = make_consult()
    stood = columns(consult)
    before, can = change(consult, desk, verb, **values)
    assert can
    assert columns(consult) != stood
    done = undo(consult, desk, before)
    assert columns(consult) == stood
    assert [event.action for event in consult.timeline.filter(actor=desk)][-1] == "undo"
    assert consult.timeline.filter(actor=desk).count() == 2
    assert AuditEvent.objects.filter(action="change", references=consult.reference).count() == 2
    # Whoever counts outcomes can leave out what was taken back.
    assert done.outcome == values.get("outcome", "")


def test_an_outcome_that_ended_it_is_taken_back(desk, settings):
    settings.CONSULTS_CADENCE_HOURS = []
    consult = make_consult()
    stood = columns(consult)
    before, _can = change(consult, desk, workflow.record_outcome, outcome=Outcome.NO_ANSWER)
    assert consult.status == Status.CLOSED
    undo(consult, desk, before)
    assert columns(consult) == stood


@pytest.mark.parametrize("change_it", ["cancel", "move"])
def test_an_appointment_stands_again_as_it_was(desk, change_it):
    consult = make_consult()
    change(consult, desk, workflow.record_outcome, outcome=Outcome.BOOKED, again_at=TOMORROW)
    stood = columns(consult)
    if change_it == "cancel":
        before, can = change(consult, desk, workflow.cancel_appointment)
    else:
        agreed = {"minutes": 60, "location": "", "with_whom": None, "manner": "in_person"}
        later = TOMORROW + timedelta(hours=1)
        before, can = change(consult, desk, workflow.change_appointment, starts_at=later, **agreed)
    assert can
    undo(consult, desk, before)
    assert columns(consult) == stood
    [appointment] = consult.appointments.all()
    assert (appointment.state, appointment.starts_at) == ("planned", TOMORROW)


def test_not_after_a_minute(desk, on_tuesday):
    consult = make_consult()
    before, _can = change(consult, desk, workflow.claim)
    on_tuesday.shift(timedelta(seconds=workflow.UNDO_SECONDS + 1))
    with pytest.raises(workflow.InvalidTransition):
        undo(consult, desk, before)
    assert consult.timeline.filter(action="undo").count() == 0


def test_not_what_a_colleague_did(desk):
    consult = make_consult()
    before, _can = change(consult, desk, workflow.claim)
    with pytest.raises(workflow.InvalidTransition):
        undo(consult, UserFactory(group="Front desk"), before)


def test_not_once_somebody_acted_since(desk):
    consult = make_consult()
    before, _can = change(consult, desk, workflow.claim)
    seen = consult.version
    other = UserFactory(group="Front desk")
    workflow.assign(ConsultRequest.objects.get(), actor=desk, version=seen, assignee=other)
    with pytest.raises(workflow.StaleRequest):
        workflow.undo(consult, actor=desk, version=seen, before=before)
    consult.refresh_from_db()
    assert consult.assignee == other


def test_not_twice(desk):
    consult = make_consult()
    before, _can = change(consult, desk, workflow.claim)
    undo(consult, desk, before)
    with pytest.raises(workflow.InvalidTransition):
        undo(consult, desk, before)


def test_not_by_whoever_may_only_read(desk):
    consult = make_consult()
    before, _can = change(consult, desk, workflow.claim)
    desk.groups.clear()
    DeskGrant.objects.filter(user=desk).delete()
    desk = type(desk).objects.get(pk=desk.pk)
    with pytest.raises(workflow.NotAllowed):
        undo(consult, desk, before)


def test_more_than_the_request_changed_where_somebody_asked_to_stop(desk):
    consult = make_consult()
    _before, can = change(consult, desk, workflow.record_outcome, outcome=Outcome.ASKED_TO_STOP)
    assert not can


def test_what_is_to_be_read_first_counts_every_hand(desk):
    consult = make_consult()
    workflow.set_priority(consult, actor=desk, version=consult.version, priority=Priority.FIRST)
    _before, can = change(consult, desk, workflow.record_outcome, outcome=Outcome.NO_ANSWER)
    assert not can
