"""What the tests of closed days share: a Tuesday, a clinic with hours, and what was planned and agreed."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine

from clinic.core.facts import default_facts, write_facts
from clinic.core.opening_hours import Exceptional, Period, Schedule
from consults import workflow
from consults.enums import Outcome
from consults.models import ConsultRequest
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

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
def clock(db):
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
