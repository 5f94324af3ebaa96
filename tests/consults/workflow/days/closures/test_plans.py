"""A closed day moves what was planned for it to the next opening, and says why."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from clinic.core.facts import Location
from clinic.core.opening_hours import Exceptional, Period
from consults import workflow
from consults.enums import CallWindow, Priority
from consults.models import AuditEvent, ConsultRequest
from consults.triage.lists.reasons import plans_for

from .conftest import (
    DAY,
    DENVER,
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
