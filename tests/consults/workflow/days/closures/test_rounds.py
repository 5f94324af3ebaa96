"""A round of the worker: once, in parts, and nothing but what the change of the hours concerns."""

from datetime import date, timedelta

import pytest
from django.db import OperationalError, connection

from clinic.core.facts import FACTS
from clinic.core.opening_hours import Schedule
from consults import workflow
from consults.enums import Status
from consults.models import AuditEvent, ClosureMove, ConsultRequest, ReckonedHours
from consults.workflow.days import closures

from .conftest import (
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
