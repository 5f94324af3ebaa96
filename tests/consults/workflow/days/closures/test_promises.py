"""No closed day moves what was agreed with a person: it comes up before, until somebody told them."""

import json
from dataclasses import replace
from datetime import date, time

import pytest

from clinic.core.facts import Location
from clinic.core.opening_hours import Period
from consults import workflow
from consults.enums import CallWindow, Outcome, Status
from consults.models import ClosureMove, ConsultRequest
from consults.triage.lists.reasons import plans_for, reasons_for

from .conftest import (
    HOURS,
    NOW,
    THURSDAY,
    as_listed,
    close,
    closed_on,
    december,
    last_events,
    planned,
    promised,
    publish,
)

pytestmark = pytest.mark.django_db


def test_a_promise_is_never_moved_but_comes_up_before(desk):
    consult = promised(desk, december(3, 11))
    assert close(THURSDAY) == 1
    told = as_listed(consult)
    assert (told.agreed_at, told.status) == (december(3, 11), Status.REACHED)
    # At once: the clinic is open.
    assert told.next_action_at == NOW
    assert "tell them: agreed for Dec 3 at 11\xa0am, and the clinic is closed then" in reasons_for(told, NOW)
    assert last_events(consult)[-1] == "to_tell"
    assert list(ConsultRequest.objects.to_be_told()) == [consult]
    assert workflow.is_overtaken(told)


def test_an_appointment_is_a_promise_too(desk):
    consult = promised(desk, december(3, 11), Outcome.BOOKED)
    close(THURSDAY)
    told = as_listed(consult)
    assert (told.agreed_at, told.next_action_at, told.status) == (december(3, 11), NOW, Status.BOOKED)


def at_two_places():
    """Publish two places, and return what closes one of them on Thursday."""
    west, east = Location("1", "West", HOURS), Location("2", "East", HOURS)
    publish(locations=[west, east])
    workflow.move_for_closures()

    def close_one(key):
        places = [
            replace(each, hours=closed_on(THURSDAY)) if each.key == key else each for each in (west, east)
        ]
        publish(locations=places)
        return workflow.move_for_closures()

    return close_one


def moved_to(consult, desk, place):
    """Put its appointment at another place than the person asked for."""
    planned = workflow.planned_of(consult)
    workflow.change_appointment(
        consult,
        actor=desk,
        version=consult.version,
        starts_at=planned.starts_at,
        minutes=planned.minutes,
        location=place,
        with_whom=None,
        manner=planned.manner,
    )


def test_an_appointment_goes_by_the_hours_of_its_own_place(desk):
    close_one = at_two_places()
    consult = promised(desk, december(3, 11), Outcome.BOOKED, location="1")
    moved_to(consult, desk, "2")
    assert close_one("1") == 0
    assert as_listed(consult).next_action_at == december(3, 11)
    assert close_one("2") == 1
    told = as_listed(consult)
    assert (told.agreed_at, told.next_action_at) == (december(3, 11), NOW)
    assert "tell them: agreed for Dec 3 at 11\xa0am, and East is closed then" in reasons_for(told, NOW)
    # Where it is at the other one now, nobody has to be told any more.
    moved_to(told, desk, "1")
    assert as_listed(consult).to_tell_of is None
    assert not workflow.is_overtaken(told)


def test_an_appointment_is_reckoned_beside_a_call_back(desk):
    consult = promised(desk, december(3, 11), Outcome.BOOKED)
    workflow.record_outcome(
        consult, actor=desk, version=consult.version, outcome=Outcome.CALL_BACK, again_at=december(2, 15)
    )
    assert close(THURSDAY) == 1
    told = as_listed(consult)
    assert (told.to_tell_of, told.agreed_at) == (december(3, 11), december(2, 15))
    assert told.next_action_at == NOW
    assert workflow.is_overtaken(told)
    assert close() == 1
    again = as_listed(consult)
    # The call back comes first.
    assert (again.to_tell_of, again.next_action_at) == (None, december(2, 15))


def test_a_call_back_to_somebody_booked_goes_by_itself(desk):
    consult = promised(desk, december(4, 11), Outcome.BOOKED)
    workflow.record_outcome(
        consult, actor=desk, version=consult.version, outcome=Outcome.CALL_BACK, again_at=december(3, 15)
    )
    assert close(THURSDAY) == 1
    assert as_listed(consult).to_tell_of == december(3, 15)
    # The appointment weighs more: whoever comes stands before a closed door.
    assert close(THURSDAY, date(2026, 12, 4)) == 1
    assert as_listed(consult).to_tell_of == december(4, 11)
    assert close(THURSDAY, date(2026, 12, 4), date(2026, 12, 24)) == 0


def test_whoever_is_on_record_and_still_to_be_seen_is_told_of_too(desk):
    consult = promised(desk, december(3, 11), Outcome.BOOKED)
    workflow.put_on_record(consult, actor=desk, version=consult.version)
    assert close(THURSDAY) == 1
    told = as_listed(consult)
    assert (told.status, told.next_action_at, told.to_tell_of) == (Status.CONVERTED, None, december(3, 11))
    assert last_events(consult)[-1] == "to_tell"
    assert close(THURSDAY, date(2026, 12, 24)) == 0
    assert close() == 1
    again = as_listed(consult)
    assert (again.status, again.next_action_at, again.to_tell_of) == (Status.CONVERTED, None, None)


def test_it_comes_up_when_the_clinic_opens_where_it_is_closed_now(desk, clock):
    consult = promised(desk, december(4, 11))
    clock.move_to(december(2, 20))
    close(date(2026, 12, 4))
    assert as_listed(consult).next_action_at == december(3, 9)


def test_a_wish_that_would_come_too_late_gives_way(desk, clock):
    consult = promised(desk, december(3, 11))
    ConsultRequest.objects.filter(pk=consult.pk).update(best_times=int(CallWindow.WEEKDAY_EVENING))
    clock.move_to(december(2, 10))
    close(THURSDAY)
    assert as_listed(consult).next_action_at == december(2, 10)


def test_one_day_is_closed_at_its_own_morning(desk, clock):
    """Nothing is left before it, so it comes up at once."""
    consult = promised(desk, december(3, 11))
    clock.move_to(december(3, 8))
    close(THURSDAY)
    assert as_listed(consult).next_action_at == december(3, 8)


def test_until_somebody_told_them_each_try_leads_to_another(desk):
    consult = promised(desk, december(3, 11))
    close(THURSDAY)
    consult.refresh_from_db()
    for _ in range(5):
        workflow.record_outcome(consult, actor=desk, version=consult.version, outcome=Outcome.NO_ANSWER)
        assert consult.is_open
        assert consult.agreed_at == december(3, 11)
    consult = promised(desk, december(4, 11))
    close(THURSDAY, date(2026, 12, 4))
    consult.refresh_from_db()
    workflow.record_outcome(consult, actor=desk, version=consult.version, outcome=Outcome.NO_ANSWER)
    assert consult.next_action_at == december(1, 14)


@pytest.mark.parametrize(
    ("outcome", "asked"),
    [
        (Outcome.WROTE, {}),
        (Outcome.ANSWERED, {}),
        (Outcome.CLINICIAN, {}),
        (Outcome.WRONG_NUMBER, {"email": ""}),
        (Outcome.BOOKED, {}),
    ],
)
def test_whatever_came_of_a_try_it_is_not_left_to_the_closed_day(desk, settings, outcome, asked):
    settings.CONSULTS_CRISIS_CLINICIAN = "Robin Sample"
    is_booked = outcome == Outcome.BOOKED
    consult = promised(desk, december(3, 11), outcome if is_booked else Outcome.CALL_BACK, **asked)
    close(THURSDAY)
    consult.refresh_from_db()
    workflow.record_outcome(consult, actor=desk, version=consult.version, outcome=outcome)
    assert consult.agreed_at == december(3, 11)
    assert NOW < consult.next_action_at < december(3, 0)


def test_another_agreed_time_ends_it(desk):
    consult = promised(desk, december(3, 11))
    close(THURSDAY)
    consult.refresh_from_db()
    workflow.record_outcome(
        consult, actor=desk, version=consult.version, outcome=Outcome.CALL_BACK, again_at=december(4, 11)
    )
    assert not workflow.is_overtaken(consult)
    assert not any("tell them" in reason for reason in plans_for(as_listed(consult), NOW))


def test_a_closure_that_is_taken_back_lets_promises_stand_and_moved_plans_stay(desk):
    plan, promise = planned(december(3, 11)), promised(desk, december(3, 12))
    close(THURSDAY)
    assert close() == 1
    assert as_listed(plan).next_action_at == december(4, 9)
    again = as_listed(promise)
    assert (again.agreed_at, again.next_action_at) == (december(3, 12), december(3, 12))
    assert again.to_tell_of is None
    assert last_events(promise)[-1] == "reopened"
    assert not ClosureMove.objects.filter(consult=promise).exists()


def test_a_plan_that_somebody_made_meanwhile_stays_when_it_is_taken_back(desk):
    consult = promised(desk, december(3, 12))
    close(THURSDAY)
    consult.refresh_from_db()
    workflow.snooze(consult, actor=desk, version=consult.version, until=december(2, 9))
    close()
    assert as_listed(consult).next_action_at == december(2, 9)


@pytest.mark.parametrize("soon", [december(1, 9), december(2, 9)])
def test_what_came_up_before_the_promise_anyway_is_not_left_to_it(desk, soon):
    """To be read first, or planned for the day before: a closure that was a mistake takes neither away."""
    consult = promised(desk, december(3, 11), Outcome.BOOKED)
    ConsultRequest.objects.filter(pk=consult.pk).update(next_action_at=soon)
    close(THURSDAY)
    assert as_listed(consult).next_action_at == min(soon, NOW)
    assert close() == 1
    again = as_listed(consult)
    assert (again.to_tell_of, again.next_action_at) == (None, min(soon, NOW))


UNTIL_NOON = (Period(time(9), time(12)),)


@pytest.mark.parametrize(("minutes", "is_told"), [(60, False), (120, True)])
def test_an_appointment_that_runs_past_the_new_closing_is_told_of(desk, minutes, is_told):
    consult = promised(desk, december(3, 11), Outcome.BOOKED)
    consult.appointments.update(minutes=minutes)
    assert close(THURSDAY, periods=UNTIL_NOON) == is_told
    assert (as_listed(consult).to_tell_of is not None) == is_told
    # Other hours elsewhere change nothing about that.
    publish(closed_on(THURSDAY, date(2026, 12, 24), periods=UNTIL_NOON))
    workflow.move_for_closures()
    assert (as_listed(consult).to_tell_of is not None) == is_told


def test_one_that_was_meant_to_run_past_closing_is_told_of_where_its_beginning_is_closed(desk):
    consult = promised(desk, december(3, 16, 30), Outcome.BOOKED)
    assert close(THURSDAY, periods=(Period(time(9), time(16)),)) == 1
    assert as_listed(consult).to_tell_of == december(3, 16, 30)


def test_what_another_place_took_away_is_there_again_with_undo(desk):
    close_one = at_two_places()
    consult = promised(desk, december(3, 11), Outcome.BOOKED, location="1")
    assert close_one("1") == 1
    consult.refresh_from_db()
    before = workflow.as_it_stands(consult)
    moved_to(consult, desk, "2")
    assert as_listed(consult).to_tell_of is None
    workflow.undo(consult, actor=desk, version=consult.version, before=json.loads(json.dumps(before)))
    assert as_listed(consult).to_tell_of == december(3, 11)


def test_an_email_does_not_leave_it_to_the_closed_day(desk):
    consult = promised(desk, december(3, 11), email="to.tell@example.org")
    close(THURSDAY)
    consult.refresh_from_db()
    written = {"template": None, "subject": "Ridge", "base": "", "text": "Hello, a word on your question."}
    workflow.send_reply(consult, actor=desk, version=consult.version, **written)
    assert consult.agreed_at == december(3, 11)
    assert NOW < consult.next_action_at < december(3, 0)
