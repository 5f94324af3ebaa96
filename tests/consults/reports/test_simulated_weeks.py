"""Thirteen weeks of 500 requests over a change of the clocks: every figure, reckoned anew by other code."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise, product

import pytest
import time_machine

from clinic.core.facts import Location, default_facts, write_facts
from clinic.core.opening_hours import Exceptional, Period, Schedule
from consults import audit
from consults.enums import AppointmentState
from consults.models import Appointment
from consults.reports import periods
from consults.reports.catalogue import wanted_reports
from consults.reports.rounding import exact, in_fives
from tests.factories.users import UserFactory

from .independent import CALENDARS, CLOSED, SHORT, ZONES, Reckoning, fives, plainly
from .simulation import DENVER, FIRST_DAY, LAST_DAY, NUMBER, Simulation

# Longer than a process may take for one test where others run beside it, so on one kind of database.
pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.once]
KEPT_DAYS = 14
PERIODS = [
    # All of it, and nothing before.
    (FIRST_DAY, LAST_DAY),
    (LAST_DAY - timedelta(days=29), LAST_DAY),
    # Beside each other right before and after the change of the clocks, and a period with the change inside.
    (date(2026, 11, 1), date(2026, 11, 28)),
    (date(2026, 10, 19), date(2026, 11, 15)),
    (date(2026, 11, 1), date(2026, 11, 1)),
    (date(2026, 11, 2), date(2026, 11, 2)),
    (date(2026, 10, 7), date(2026, 12, 2)),
    # From before the first request on.
    (date(2026, 8, 30), date(2026, 9, 20)),
]


def times(pairs):
    return tuple(Period(*(time(*divmod(minute, 60)) for minute in pair)) for pair in pairs)


@pytest.fixture
def clinic(settings, tmp_path):
    """Two places with hours of their own; contents go after two weeks, so that some of them are counted."""
    settings.CONSULTS_CRISIS_CLINICIAN = "Dr. Sample"
    settings.CLINIC_FACTS_FILE = tmp_path / "facts.json"
    settings.CONSULTS_KEEP_CLOSED_DAYS = settings.CONSULTS_KEEP_CONVERTED_DAYS = KEPT_DAYS
    settings.CONSULTS_KEEP_SPAM_DAYS = KEPT_DAYS
    exceptions = (
        *(Exceptional(day, day) for day in CLOSED),
        *(Exceptional(day, day, times(hours)) for day, hours in SHORT.items()),
    )

    def hours(place):
        week = {day: times(pairs) for day, pairs in CALENDARS[place].items()}
        return Schedule(ZONES.get(place, DENVER).key, week, exceptions)

    places = [Location(key, name, hours(key)) for key, name in (("1", "West"), ("2", "East"))]
    write_facts(replace(default_facts(), hours=hours(""), locations=places))


def test_every_figure_is_what_other_code_reckons_from_the_log(clinic):
    with time_machine.travel(FIRST_DAY.isoformat(), tick=False):
        staff = [UserFactory(group="Front desk", username=name) for name in ("ann", "ben", "cleo")]
        clinician = UserFactory(group="Clinician", username="dr.sample")
    simulation = Simulation(staff, clinician)
    log, end = simulation.run()
    assert len(log.stories) == NUMBER
    # Nothing is compared that never happened.
    acts = simulation.seen()
    assert {"attempt", "undo", "status", "claim", "assign", "snooze", "handed", "missed", "priority"} <= set(
        acts
    )
    assert acts["undo"] > 20
    assert_appointments_met_everything(log)
    reckoning = Reckoning(log, KEPT_DAYS)
    differences, compared = [], 0
    with time_machine.travel(end, tick=False):
        assert audit.verify() == []
        for (first, last), (told, as_told) in product(PERIODS, ((exact, plainly), (in_fives, fives))):
            period = periods.Period(first, last, DENVER)
            reckoned = reckoning.tables(first, last, as_told)
            reports = wanted_reports()
            assert set(reckoned) == set(reports)
            for name, report in reports.items():
                table = report.table_of(period, told)
                shown = [list(map(plain, row)) for row in table.for_file()[1:]]
                expected = [list(map(plain, row)) for row in reckoned[name]]
                compared += sum(map(len, shown))
                if shown != expected:
                    differences.append((name, first, last, told.__name__, shown, expected))
            says = reports["treatments"].table_of(period, told).says
            missing = re.search(r"wait to be counted: (.*)\.", says)[1]
            assert missing == str(fives(reckoning.not_counted(first, last)))
    assert differences == [], "\n".join(map(str, differences))
    assert compared > 6000


def assert_appointments_met_everything(log):
    """Each way to each state was gone; without that the comparison would say nothing."""
    acts = [act for story in log.stories.values() for act in story.done]
    number = Counter(what for _when, what, *_rest in acts)
    assert all(
        number[what] >= 5 for what in ("made", "moved", "corrected", "cancelled", "came", "no_show")
    ), number
    states = Counter(Appointment.objects.values_list("state", flat=True))
    assert all(states[state] >= 5 for state in AppointmentState), states
    # Said by nobody: on record before its time, and after it.
    assert Appointment.objects.filter(state="planned", consult__status="converted").exists()
    assert Appointment.objects.filter(state="came", ended_in__action="status").exists()
    # At each place, of removed contents, which leave no place, and of what is nobody's.
    for place in ("", "1", "2"):
        assert Appointment.objects.filter(consult__purged_at=None, location=place).exists()
    assert Appointment.objects.filter(consult__purged_at__isnull=False, location="").exists()
    assert Appointment.objects.filter(consult__closed_reason="test").exists()
    assert Appointment.objects.filter(consult__status="spam").exists()
    taken_back = [
        act for story in log.stories.values() for act, after in pairwise(story.done) if after[1] == "undo"
    ]
    assert any(agreed for *_rest, agreed in taken_back)
    assert any(act[3] == "booked" and act[4] in ("closed", "reached") for act in taken_back)


def plain(cell):
    return cell.isoformat() if isinstance(cell, date) else str(cell)
