"""The figures, against small numbers that were counted by hand."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from consults import workflow
from consults.enums import AppointmentState, Status
from consults.models import ConsultRequest
from consults.reports import figures
from consults.reports.percentiles import nearest_rank
from consults.reports.rounding import exact, percentage

from .rows import MONTH, NOW, add, agree, at

pytestmark = pytest.mark.django_db
WEEK = date(2026, 11, 23)


def steps(period=MONTH):
    return {step.label: (step.count, step.share) for step in figures.funnel(period, exact)}


def week(monday=WEEK):
    return next(week for week in figures.first_attempts(MONTH, exact) if week.monday == monday)


def buckets(column):
    return [(b.label, b.count, b.booked) for b in figures.sources(MONTH, exact, column=column)]


# --- arithmetic ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([], 50, None),
        ([7], 90, 7),
        ([1, 2, 3], 50, 2),
        ([1, 2, 3, 4], 50, 2),
        # The ninth of ten, and no neighbour of it.
        (range(1, 11), 90, 9),
        (range(1, 12), 90, 10),
        # The example that is handed down with the method.
        ([15, 20, 35, 40, 50], 40, 20),
        ([15, 20, 35, 40, 50], 100, 50),
        ([5, 5, 5, 400], 50, 5),
    ],
)
def test_percentiles_are_values_that_occurred(values, percent, expected):
    counts = {value: list(values).count(value) for value in values}
    assert nearest_rank(counts, percent) == expected


@pytest.mark.parametrize(("part", "base", "share"), [(9, 9, None), (0, 10, 0), (7, 10, 70), (2, 12, 17)])
def test_a_rate_needs_ten(part, base, share):
    assert percentage(part, base) == share


# --- the funnel ----------------------------------------------------------------------------------------


def test_the_funnel_counts_each_step_and_those_beyond():
    add(2)
    add(5, status=Status.WORKING, first_attempt_at=at(24, "11:00"))
    add(3, status=Status.REACHED)  # nobody noted the attempt
    add(1, status=Status.CLOSED, reached_at=at(25))
    add(2, status=Status.BOOKED, first_attempt_at=at(24), reached_at=at(24))
    add(1, status=Status.CONVERTED)
    add(1, status=Status.QUARANTINE)
    # It was attempted before somebody saw what it was.
    add(1, status=Status.SPAM, first_attempt_at=at(24), reached_at=at(24))
    assert steps() == {
        "Arrived": (16, None),
        "Not spam": (14, 88),
        "Attempted": (12, 86),
        "Reached": (7, 58),
        "Booked": (3, None),
        "On record": (1, None),
    }


def test_whoever_was_booked_once_stays_booked_whatever_became_of_it():
    add(12, status=Status.CLOSED)
    for consult in ConsultRequest.objects.all()[:2]:
        consult.timeline.create(action="attempt", from_status="new", to_status="booked")
    add(1, status=Status.SPAM)
    spam = ConsultRequest.objects.get(status=Status.SPAM)
    spam.timeline.create(action="attempt", from_status="new", to_status="booked")
    assert steps()["Booked"][0] == steps()["Reached"][0] == steps()["Attempted"][0] == 2
    assert buckets("channel") == [("Website", 12, 2)]


def test_test_requests_are_nobodys():
    add(2, is_canary=True)
    add(1, status=Status.CLOSED, closed_reason="test")
    assert steps()["Arrived"] == (0, None)
    assert figures.arrivals(MONTH, exact) == figures.lost_reasons(MONTH, exact) == buckets("channel") == []
    assert all(week.untried == 0 for week in figures.first_attempts(MONTH, exact))


def test_days_begin_at_midnight_of_the_clinic():
    add(created_at=at(27, "23:59", month=10))
    add(created_at=at(28, "00:00", month=10))
    assert steps()["Arrived"][0] == 1
    # In New York that minute already belongs to the 28th.
    assert steps(replace(MONTH, zone=ZoneInfo("America/New_York")))["Arrived"][0] == 2
    assert steps(replace(MONTH, first_day=date(2026, 8, 29)))["Arrived"][0] == 2


# --- the first attempt ---------------------------------------------------------------------------------


def test_median_and_ninetieth_percentile_of_a_week():
    for minutes in (3, 4, 8, 12, 15, 16, 20, 30, 45, 400):
        add(attempt_minutes=minutes, first_attempt_at=at(24, "12:00"), status=Status.WORKING)
    add(6)
    assert (week().attempted, week().median, week().ninetieth, week().in_time) == (10, 15, 45, 50)
    assert week().untried == 6


@pytest.mark.parametrize("channel", ["phone", "walk_in"])
def test_who_calls_or_comes_in_is_nobodys_quick_answer(channel):
    add(10, attempt_minutes=20, first_attempt_at=at(24, "12:00"), status=Status.WORKING)
    add(10, attempt_minutes=0, first_attempt_at=at(24), status=Status.WORKING, channel=channel)
    add(5, channel=channel)
    assert (week().attempted, week().median, week().in_time, week().untried) == (10, 20, 0, 0)


def test_the_target_is_a_setting(settings):
    settings.CONSULTS_ATTEMPT_MINUTES = 30
    add(9, attempt_minutes=30, status=Status.WORKING, first_attempt_at=at(24))
    add(1, attempt_minutes=31, status=Status.WORKING, first_attempt_at=at(24))
    assert week().in_time == 90


@pytest.mark.parametrize(
    ("number", "shown"),
    [(4, (4, None, None, None)), (5, (5, 10, 10, None)), (9, (9, 10, 10, None)), (10, (10, 10, 10, 100))],
)
def test_a_week_needs_enough_for_each_figure(number, shown):
    add(number, attempt_minutes=10, status=Status.WORKING, first_attempt_at=at(24))
    assert (week().attempted, week().median, week().ninetieth, week().in_time) == shown


def test_what_was_closed_or_is_spam_waits_for_nobody():
    add(5, status=Status.CLOSED)
    add(5, status=Status.SPAM, attempt_minutes=1)
    add(5, status=Status.QUARANTINE)
    assert (week().attempted, week().untried) == (0, 0)


def test_weeks_begin_on_monday_by_the_clinics_clock():
    # In UTC both lie on Monday the 16th.
    add(5, created_at=at(15, "23:30"))
    add(6, created_at=at(16, "00:30"))
    untried = {week.monday.day: week.untried for week in figures.first_attempts(MONTH, exact)}
    assert untried == {26: 0, 2: 0, 9: 5, 16: 6, 23: 0}


# --- when they arrive ----------------------------------------------------------------------------------


def test_hours_follow_the_clinics_clock_over_the_change_of_time():
    """Clocks go back on Sunday, 1 November 2026: the same hour is another one in UTC."""
    add(5, created_at=at(29, "09:15", month=10))
    add(6, created_at=at(5, "09:45"))
    add(7, created_at=at(7, "11:00"))
    hours = {hour.hour: hour.counts for hour in figures.arrivals(MONTH, exact)}
    assert hours == {
        9: (0, 0, 0, 11, 0, 0, 0),
        10: (0, 0, 0, 0, 0, 0, 0),
        11: (0, 0, 0, 0, 0, 7, 0),
    }


def test_the_day_is_the_clinics_as_well():
    add(5, created_at=at(22, "23:30"))  # a Sunday evening, Monday in UTC
    assert [(hour.hour, hour.counts) for hour in figures.arrivals(MONTH, exact)] == [
        (23, (0, 0, 0, 0, 0, 0, 5))
    ]


def test_each_cell_is_counted_and_spam_is_left_out():
    add(1, created_at=at(23))
    add(2, created_at=at(24))
    add(9, created_at=at(24), status=Status.SPAM)
    add(9, created_at=at(25), status=Status.QUARANTINE)
    assert figures.arrivals(MONTH, exact) == [figures.Hour(10, (1, 2, 0, 0, 0, 0, 0))]


# --- where they come from, and why they end ------------------------------------------------------------


def test_sources_are_counted_with_what_was_booked():
    add(5, heard_from="search", status=Status.BOOKED)
    add(3, heard_from="search")
    add(6, heard_from="")
    add(1, heard_from="social", status=Status.CONVERTED)
    add(2, heard_from="event")
    add(9, heard_from="event", status=Status.SPAM)
    assert buckets("heard_from") == [
        ("Searching the web", 8, 5),
        ("Not said", 6, 0),
        ("A talk or an event", 2, 0),
        ("Social media", 1, 1),
    ]


@pytest.mark.parametrize(
    ("column", "value", "label"),
    [
        ("source_section", "fees", "Fees"),
        ("campaign", "", "No campaign"),
        ("campaign", "print", "Print or poster"),
        ("channel", "walk_in", "At the desk"),
    ],
)
def test_each_kind_of_source_has_words(column, value, label):
    add(5, **{column: value})
    assert buckets(column) == [(label, 5, 0)]


def test_reasons_are_those_of_what_stands_closed():
    add(6, status=Status.CLOSED, closed_reason="no_contact")
    add(5, status=Status.CLOSED, closed_reason="cost")
    add(7, status=Status.REACHED)
    assert [(b.label, b.count) for b in figures.lost_reasons(MONTH, exact)] == [
        ("No contact", 6),
        ("Cost", 5),
    ]


# --- what became of appointments -----------------------------------------------------------------------


def became(period=MONTH):
    return [(b.label, b.count) for b in figures.appointments(period, exact)]


def test_appointments_are_counted_by_what_became_of_them():
    agree(9, starts_at=at(20), state=AppointmentState.CAME)
    agree(6, starts_at=at(20), state=AppointmentState.NO_SHOW)
    agree(7, starts_at=at(20))
    agree(5, starts_at=at(20), state=AppointmentState.MOVED)
    # The row that took its place counts.
    agree(8, starts_at=at(20), state=AppointmentState.CORRECTED)
    assert became() == [("Planned", 7), ("Moved", 5), ("Came", 9), ("Did not come", 6)]


def test_an_appointment_counts_on_its_own_day_by_the_clinics_clock():
    """Whenever its request came. The 28th of October begins two hours later than in New York."""
    long_ago = at(1, month=8)
    agree(5, starts_at=at(27, "23:59", month=10), created_at=long_ago)
    agree(6, starts_at=at(28, "00:00", month=10), state=AppointmentState.CAME, created_at=long_ago)
    agree(7, starts_at=at(26, "23:59"), state=AppointmentState.NO_SHOW, created_at=long_ago)
    agree(8, starts_at=at(27, "00:00"), state=AppointmentState.MOVED, created_at=long_ago)
    assert became() == [("Came", 6), ("Did not come", 7)]
    assert became(MONTH.before) == [("Planned", 5)]
    assert became(replace(MONTH, zone=ZoneInfo("America/New_York"))) == [("Planned", 5), ("Came", 6)]


@pytest.mark.parametrize(
    "columns",
    [
        {"is_canary": True},
        {"status": Status.CLOSED, "closed_reason": "test"},
        {"status": Status.SPAM},
        {"status": Status.QUARANTINE},
    ],
)
def test_appointments_of_tests_and_of_spam_are_nobodys(columns):
    agree(5, starts_at=at(20), state=AppointmentState.CANCELLED, **columns)
    assert became() == []


# --- what they asked about -----------------------------------------------------------------------------

# Every ordinary keeping time is over for the weeks until 3 August.
OLD = date(2026, 8, 3)


def remove(*, topic, days_kept, status=Status.CLOSED, was_booked=False, created_at=None):
    """Store a request of an old week that ended so many days ago by now, and let the worker remove it."""
    add(1, created_at=created_at or at(5, month=8), status=status, typed={"topic": topic})
    consult = ConsultRequest.objects.latest("pk")
    ConsultRequest.objects.filter(pk=consult.pk).update(closed_at=NOW - timedelta(days=days_kept))
    if was_booked:
        consult.timeline.create(action="attempt", from_status="new", to_status="booked")


def test_treatments_are_counted_of_weeks_in_which_nobody_is_missing():
    """Whoever became a patient is removed first: newer weeks would hold hardly anybody else."""
    for _ in range(6):
        remove(topic="cost", days_kept=91)
        remove(topic="cost", days_kept=91, was_booked=True)
        remove(topic="unsure", days_kept=31, status=Status.CONVERTED)
        remove(topic="cost", days_kept=31, status=Status.CONVERTED, created_at=at(1))
    # Of the same weeks, and not removed yet: it is said that they are missing.
    add(5, created_at=at(5, month=8), status=Status.CLOSED, closed_at=NOW - timedelta(days=1))
    # Neither is anybody.
    remove(topic="cost", days_kept=91, status=Status.SPAM)
    add(1, created_at=at(5, month=8), status=Status.CLOSED, closed_reason="test")
    with time_machine.travel(NOW, tick=False):
        workflow.purge_due(confirmed=workflow.due_contents(NOW).count())
    workflow.count_removed()
    figure = figures.treatments(MONTH)
    assert [(b.label, b.count, b.booked) for b in figure.buckets] == [
        # Twelve and six: nobody can open them any more, so everybody is told fives.
        ("Cost and paying", 10, 5),
        ("Not sure, or I'd rather talk", 5, 5),
    ]
    assert (figure.first_day, figure.last_day, figure.missing) == (date(2026, 7, 6), date(2026, 8, 9), 5)


def test_longer_keeping_moves_the_weeks(settings):
    settings.CONSULTS_KEEP_CLOSED_DAYS = 97
    assert figures.treatments(MONTH).last_day == date(2026, 8, 2)
