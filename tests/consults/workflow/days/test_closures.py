"""Closed days move plans to the next opening, never a promise, and each change is said where it belongs."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import OperationalError, connection

from clinic.core.facts import FACTS, Location, default_facts, write_facts
from clinic.core.opening_hours import Exceptional, Period, Schedule
from consults import workflow
from consults.enums import CallWindow, Outcome, Priority, Status
from consults.models import AuditEvent, ClosureMove, ConsultRequest, ReckonedHours
from consults.triage.lists.reasons import plans_for, reasons_for
from consults.workflow.days import closures
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
DENVER = ZoneInfo("America/Denver")
DAY = (Period(time(9), time(17)),)
HOURS = Schedule(zone="America/Denver", week=dict.fromkeys(range(5), DAY))
# A Tuesday.
NOW = datetime(2026, 12, 1, 10, tzinfo=DENVER)
THURSDAY = date(2026, 12, 3)


def december(day, hour, minute=0):
    return datetime(2026, 12, day, hour, minute, tzinfo=DENVER)


def closed_on(*days, periods=()):
    return replace(HOURS, exceptions=tuple(Exceptional(day, day, periods, "Sample") for day in days))


def publish(hours=HOURS, locations=()):
    write_facts(replace(default_facts(), hours=hours, locations=list(locations)))


@pytest.fixture
def desk():
    return UserFactory(group="Front desk")


@pytest.fixture(autouse=True)
def clock():
    publish()
    with time_machine.travel(NOW, tick=False) as traveller:
        assert workflow.move_for_closures() == 0
        yield traveller


def planned(moment, **columns):
    """Make a request that comes up at a moment."""
    consult = make_consult(times=[])
    ConsultRequest.objects.filter(pk=consult.pk).update(next_action_at=moment, **columns)
    return ConsultRequest.objects.get(pk=consult.pk)


def promised(desk, moment, outcome=Outcome.CALL_BACK, **asked):
    """Make a request of somebody with whom a time was agreed."""
    consult = make_consult(times=[], **asked)
    workflow.record_outcome(consult, actor=desk, version=consult.version, outcome=outcome, again_at=moment)
    return consult


def close(*days, **how):
    publish(closed_on(*days, **how))
    return workflow.move_for_closures()


def as_listed(consult):
    return ConsultRequest.objects.with_handed_at().with_later().with_site_changes().get(pk=consult.pk)


def last_events(consult):
    return list(consult.timeline.order_by("pk").values_list("action", flat=True))


def test_a_plan_moves_to_the_next_opening_and_says_why():
    consult, other = planned(december(3, 11)), planned(december(4, 11))
    assert close(THURSDAY) == 1
    moved, untouched = as_listed(consult), as_listed(other)
    assert moved.next_action_at == december(4, 9)
    assert moved.version == consult.version + 1
    assert untouched.next_action_at == december(4, 11)
    assert untouched.version == other.version
    assert "plan moved: the clinic is closed on Dec 3" in plans_for(moved, NOW)
    assert last_events(consult)[-1] == "moved"
    [event] = AuditEvent.objects.filter(detail__startswith="opening hours changed")
    assert (event.actor, event.references) == (None, consult.reference)
    assert event.detail == "opening hours changed: 1 moved"


def test_many_are_one_event_and_each_has_its_own():
    requests = [planned(december(3, 9 + n)) for n in range(5)]
    assert close(THURSDAY) == 5
    [event] = AuditEvent.objects.filter(detail__startswith="opening hours changed")
    assert set(event.references.split()) == {consult.reference for consult in requests}
    for consult in requests:
        assert last_events(consult).count("moved") == 1


def test_the_wish_of_the_person_counts():
    consult = planned(december(3, 11), best_times=int(CallWindow.WEEKDAY_AFTERNOON))
    close(THURSDAY)
    assert as_listed(consult).next_action_at == december(4, 14)


def test_a_longer_closure_is_passed_over_as_a_whole():
    consult = planned(december(3, 11))
    close(*(date(2026, 12, day) for day in range(2, 24)))
    assert as_listed(consult).next_action_at == december(24, 9)


def test_where_no_opening_is_in_sight_it_stays():
    consult = planned(december(3, 11))
    publish(replace(HOURS, exceptions=(Exceptional(date(2026, 12, 2), date(2027, 6, 1)),)))
    assert workflow.move_for_closures() == 0
    assert as_listed(consult).next_action_at == december(3, 11)


def test_what_was_planned_outside_the_hours_all_along_stays():
    night, weekend, due = planned(december(3, 22)), planned(december(5, 11)), planned(december(1, 9))
    assert close(THURSDAY) == 0
    for consult, moment in ((night, december(3, 22)), (weekend, december(5, 11)), (due, december(1, 9))):
        assert as_listed(consult).next_action_at == moment


def test_shorter_hours_move_what_lies_beyond_them():
    morning, afternoon = planned(december(3, 10)), planned(december(3, 16))
    assert close(THURSDAY, periods=(Period(time(9), time(12)),)) == 1
    assert as_listed(morning).next_action_at == december(3, 10)
    moved = as_listed(afternoon)
    assert moved.next_action_at == december(4, 9)
    assert "plan moved: the clinic is closed on Dec 3 at 4\xa0pm" in plans_for(moved, NOW)


def test_another_week_counts_like_a_closed_day():
    consult = planned(december(3, 11))
    publish(replace(HOURS, week=dict.fromkeys((0, 1, 2, 4), DAY)))
    assert workflow.move_for_closures() == 1
    assert as_listed(consult).next_action_at == december(4, 9)


def test_each_location_has_its_own_hours():
    east = Location("2", "East", HOURS)
    west = Location("1", "West", HOURS)
    publish(locations=[west, east])
    workflow.move_for_closures()
    here, there = planned(december(3, 11), location="1"), planned(december(3, 11), location="2")
    publish(locations=[west, replace(east, hours=closed_on(THURSDAY))])
    assert workflow.move_for_closures() == 1
    assert as_listed(here).next_action_at == december(3, 11)
    moved = as_listed(there)
    assert moved.next_action_at == december(4, 9)
    assert "plan moved: East is closed on Dec 3" in plans_for(moved, NOW)


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


def test_a_later_plan_ends_what_is_said_of_the_move(desk):
    consult = planned(december(3, 11))
    close(THURSDAY)
    consult.refresh_from_db()
    workflow.snooze(consult, actor=desk, version=consult.version, until=december(7, 9))
    assert not any("moved" in reason for reason in plans_for(as_listed(consult), NOW))


def test_a_plan_before_a_promise_does_not_pass_it(desk):
    consult = promised(desk, december(4, 8))
    ConsultRequest.objects.filter(pk=consult.pk).update(next_action_at=december(3, 11))
    close(THURSDAY)
    assert as_listed(consult).next_action_at == december(4, 8)


def test_what_is_to_be_read_first_waits_for_no_opening():
    consult = planned(december(3, 11), priority=Priority.FIRST)
    assert close(THURSDAY) == 0
    assert as_listed(consult).next_action_at == december(3, 11)


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


def test_it_is_done_once():
    planned(december(3, 11))
    assert close(THURSDAY) == 1
    events = AuditEvent.objects.count()
    assert workflow.move_for_closures() == 0
    assert close(THURSDAY, date(2026, 12, 24)) == 0
    assert AuditEvent.objects.count() == events


def test_ended_requests_and_spam_stay_as_they_are(desk):
    ended, suspected = promised(desk, december(3, 11)), planned(december(3, 11))
    ConsultRequest.objects.filter(pk=ended.pk).update(status=Status.CLOSED, closed_reason="cost")
    ConsultRequest.objects.filter(pk=suspected.pk).update(status=Status.QUARANTINE)
    assert close(THURSDAY) == 0


def test_thousands_go_in_parts_and_a_killed_worker_goes_on(monkeypatch):
    monkeypatch.setattr(closures, "BATCH", 2)
    requests = [planned(december(3, 11)) for _ in range(5)]
    publish(closed_on(THURSDAY))
    fails = iter([False, True])

    def fail(execute, sql, params, many, context):
        if "auditevent" in sql and sql.startswith("INSERT") and next(fails, False):
            raise OperationalError("gone")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail), pytest.raises(Exception, match="OperationalError"):
        workflow.move_for_closures()
    assert ConsultRequest.objects.filter(next_action_at=december(4, 9)).count() == 2
    assert workflow.move_for_closures() == 3
    assert ConsultRequest.objects.filter(next_action_at=december(4, 9)).count() == 5
    for consult in requests:
        assert last_events(consult).count("moved") == 1
    events = AuditEvent.objects.filter(detail__startswith="opening hours changed")
    assert [len(event.references.split()) for event in events.order_by("seq")] == [2, 2, 1]


def test_a_change_at_the_very_moment_is_left_to_its_writer(monkeypatch):
    consult = planned(december(3, 11))

    def others_first(moving, *_):
        ConsultRequest.objects.filter(pk=consult.pk).update(version=99)
        return moving.next_action_at

    with monkeypatch.context() as patch:
        patch.setattr(closures, "_next_opening", others_first)
        assert close(THURSDAY) == 0
    # The next round looks again.
    assert workflow.move_for_closures() == 1


def test_a_copy_of_the_facts_that_is_away_is_no_change_of_the_hours():
    consult = planned(december(3, 11))
    FACTS.path.unlink()
    assert workflow.move_for_closures() == 0
    publish(closed_on(THURSDAY))
    assert workflow.move_for_closures() == 1
    assert as_listed(consult).next_action_at == december(4, 9)


def test_the_first_hours_that_anybody_enters_move_nothing():
    publish(Schedule(zone="America/Denver"))
    workflow.move_for_closures()
    consult = planned(december(3, 22))
    publish()
    assert workflow.move_for_closures() == 0
    assert as_listed(consult).next_action_at == december(3, 22)


def test_across_the_change_of_the_clocks(clock):
    """On March 14, 2027 the clocks of Denver go forward."""
    publish(replace(HOURS, week=dict.fromkeys(range(7), DAY)))
    clock.move_to(datetime(2027, 3, 12, 10, tzinfo=DENVER))
    workflow.move_for_closures()
    consult = planned(datetime(2027, 3, 13, 11, tzinfo=DENVER))
    publish(
        replace(
            HOURS,
            week=dict.fromkeys(range(7), DAY),
            exceptions=(Exceptional(date(2027, 3, 13), date(2027, 3, 13)),),
        )
    )
    workflow.move_for_closures()
    assert as_listed(consult).next_action_at == datetime(2027, 3, 14, 9, tzinfo=DENVER)


def test_nothing_is_asked_for_each_request(count_queries):
    def queries(number):
        ReckonedHours.objects.all().delete()
        publish()
        workflow.move_for_closures()
        for _ in range(number):
            planned(december(5, 11))
        publish(closed_on(THURSDAY))
        with connection.execute_wrapper(counting):
            seen.clear()
            workflow.move_for_closures()
        return len(seen)

    seen = []

    def counting(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    assert queries(1) == queries(30)


def test_the_contents_that_are_removed_take_it_along(desk):
    consult = promised(desk, december(3, 11))
    close(THURSDAY)
    ConsultRequest.objects.filter(pk=consult.pk).update(
        status=Status.CLOSED, closed_reason="cost", closed_at=NOW - timedelta(days=400), next_action_at=None
    )
    assert workflow.purge_due() == 1
    assert not ClosureMove.objects.exists()
