"""What the tests of appointments share: a Tuesday, a clinic with hours, and somebody at the desk."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from clinic.core.facts import Location, default_facts, write_facts
from clinic.core.opening_hours import Exceptional, Period, Schedule
from consults import workflow
from consults.enums import Outcome
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

DENVER = ZoneInfo("America/Denver")
WEEKDAYS = {day: (Period(time(9), time(17)),) for day in range(5)}
HOLIDAY = (Exceptional(date(2026, 11, 27), date(2026, 11, 27), (), "Day after Thanksgiving"),)


def november(*parts):
    """Return a moment of November 2026 by Denver's clocks: day, hour, minute."""
    return datetime(2026, 11, *parts, tzinfo=DENVER)


NOW, TIME = november(24, 10), november(26, 14)


def hours(zone="America/Denver"):
    """Return weekdays from 9 to 5, but for one holiday."""
    return Schedule(zone=zone, week=WEEKDAYS, exceptions=HOLIDAY)


def url(name, consult, *keys):
    return reverse(f"consult_requests:{name}", args=[consult.pk, *keys])


def pressed(consult, **values):
    """Return what a button of the last appointment of a request sends."""
    consult.refresh_from_db()
    last = workflow.latest_appointment(consult)
    return {"version": consult.version, **({"appointment": last.pk} if last else {}), **values}


def booked(desk, starts_at=TIME, **changes):
    """Store a request that was booked for a time, or for none."""
    consult = make_consult(**changes)
    workflow.record_outcome(
        consult, actor=desk, version=consult.version, outcome=Outcome.BOOKED, again_at=starts_at
    )
    return consult


@pytest.fixture(autouse=True)
def tuesday():
    """The clock stands on a Tuesday morning, and can be moved on."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def open_on_weekdays():
    write_facts(replace(default_facts(), hours=hours()))


@pytest.fixture
def two_places():
    """Two places, in two time zones."""
    places = [Location("north", "North", hours()), Location("east", "East", hours("America/New_York"))]
    write_facts(replace(default_facts(), hours=hours(), locations=places))


@pytest.fixture
def desk(client, tuesday):
    user = UserFactory(group="Front desk", username="robin")
    client.force_login(user)
    return user


@pytest.fixture
def later(client, desk, tuesday):
    """Move the clock; whoever was away is signed in again."""

    def move(moment):
        tuesday.move_to(moment)
        client.force_login(desk)

    return move
