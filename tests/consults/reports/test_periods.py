"""Any days beside the days right before them, what changed in words, and days that can't be."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from clinic.core.facts import default_facts, write_facts
from clinic.core.opening_hours import Exceptional, Schedule
from clinic.core.opening_hours import Period as Hours
from consults import workflow
from consults.enums import Outcome, Status
from consults.models import AuditEvent, ConsultRequest
from consults.reports import comparing, figures
from consults.reports.forms import asked_for
from consults.reports.periods import Period
from consults.reports.rounding import exact
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

from .rows import DENVER, MONTH, NOW, add, at

pytestmark = pytest.mark.django_db
PAGE = "/admin/consult-reports/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def owner(client):
    client.force_login(UserFactory(group="Managers", username="owner"))


def page(client, **query):
    answer = client.get(PAGE, query)
    assert answer.status_code == 200
    return answer.content.decode()


def rows_of(client, name, **query):
    text = client.get(reverse("consult_reports:table", args=[name]), query).content.decode("utf-8-sig")
    return [line.replace('"', "").split(",") for line in text.splitlines()[1:]]


# --- which days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ((2026, 11, 1), (2026, 11, 26), ((2026, 10, 6), (2026, 10, 31))),
        ((2026, 11, 26), (2026, 11, 26), ((2026, 11, 25), (2026, 11, 25))),
        ((2026, 1, 1), (2026, 1, 31), ((2025, 12, 1), (2025, 12, 31))),
    ],
)
def test_the_days_before_are_as_many_and_end_right_before(first, last, before):
    period = Period(date(*first), date(*last), DENVER)
    assert (period.before.first_day, period.before.last_day) == tuple(date(*day) for day in before)
    assert period.before.days == period.days
    assert period.before.ends_at == period.starts_at


def test_a_day_of_25_hours_belongs_to_its_period_whole():
    """Clocks went back on Sunday, 1 November 2026."""
    day = Period(date(2026, 11, 1), date(2026, 11, 1), DENVER)
    assert day.ends_at.astimezone() - day.starts_at.astimezone() == timedelta(hours=25)
    add(1, created_at=at(1, "00:00"))
    add(1, created_at=at(1, "23:59"))
    add(1, created_at=at(2, "00:00"))
    add(1, created_at=at(31, "23:59", month=10))
    assert figures.funnel(day, exact)[0].count == 2


def test_nothing_after_the_last_day_counts():
    add(6, created_at=at(10))
    add(7, created_at=at(11, "00:00"))
    period = Period(date(2026, 11, 1), date(2026, 11, 10), DENVER)
    assert [figures.funnel(period, exact)[0].count, figures.funnel(MONTH, exact)[0].count] == [6, 13]
    assert [bucket.count for bucket in figures.sources(period, exact, column="channel")] == [6]
    assert sum(week.untried for week in figures.first_attempts(period, exact)) == 6


BAD = [
    ({"since": "2026-11-10", "until": "2026-11-09"}, "The last day lies before the first one."),
    ({"since": "2026-11-10", "until": "2026-11-27"}, "This day is still to come."),
    ({"since": "9999-12-31", "until": "9999-12-31"}, "This day is still to come."),
    ({"since": "0000-01-01", "until": "2026-11-09"}, "This is no day of the calendar."),
    ({"since": "0001-01-01", "until": "2026-11-09"}, "Choose a day from the year 2000 on."),
    ({"since": "2026-02-30", "until": "2026-11-09"}, "This is no day of the calendar."),
    ({"since": "x" * 3000, "until": "2026-11-09"}, "This is no day of the calendar."),
    ({"since": "2026-11-09", "until": ""}, "Choose the last day."),
    ({"until": "2026-11-09"}, "Choose the first day."),
    ({"since": "2024-11-09", "until": "2026-11-09"}, "Choose 366 days or fewer"),
    ({"since": "٢٠٢٦-١١-٠٩\x00", "until": "2026-11-09"}, "This is no day of the calendar."),
]


@pytest.mark.parametrize(("asked", "said"), BAD)
def test_days_that_can_not_be_are_said_to_be_so(client, owner, asked, said):
    add(6)
    text = page(client, **asked)
    assert said in text
    # What was typed is still there, and the page says which days it shows instead.
    for typed in asked.values():
        assert not typed.isascii() or typed[:200] in text
    assert "you see the last 30 days instead" in text
    assert len(text) < 200_000


def test_an_address_too_long_for_the_site_asks_for_nothing(client, owner):
    text = page(client, since="x" * 5000)
    assert "the last 30 days" in text
    assert "xxx" not in text


@pytest.mark.parametrize(("asked", "said"), BAD[:3])
def test_a_file_of_days_that_can_not_be_is_none_and_leads_to_where_it_is_said(client, owner, asked, said):
    answer = client.get(reverse("consult_reports:table", args=["channel"]), asked, follow=True)
    assert said in answer.content.decode()
    assert answer.redirect_chain[0][0].startswith(PAGE)
    assert list(AuditEvent.objects.values_list("detail", flat=True)) == ["reports, 2026-10-28 to 2026-11-26"]


def test_a_year_is_the_longest(client, owner):
    add(6)
    _form, period = asked_for({"since": "2025-11-26", "until": "2026-11-26"})
    assert period.days == 366
    text = page(client, since="2025-11-26", until="2026-11-26")
    assert "error-message" not in text
    # More weeks than numbers have room for: the table has them.
    assert text.count('class="chart__dot"') >= 1


def test_the_files_are_of_the_days_that_the_page_shows(client, owner):
    add(6, created_at=at(9))
    text = page(client, since="2026-11-09", until="2026-11-10")
    assert 'href="/admin/consult-reports/channel.csv?since=2026-11-09&amp;until=2026-11-10"' in text
    assert rows_of(client, "channel", since="2026-11-09", until="2026-11-10") == [
        ["Website", "5", "0", "0", "5 more"]
    ]


# --- what changed --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (48, 42, "6 more (+14%)"),
        (42, 48, "6 fewer (-12%)"),
        (7, 7, "the same"),
        # Too few before for a rate.
        (12, 9, "3 more"),
        (0, 9, "9 fewer"),
    ],
)
def test_a_difference_is_told_in_words(now, before, said):
    assert comparing.in_requests(now, before) == said


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (comparing.in_minutes(9, 13), "4 min quicker"),
        (comparing.in_minutes(13, 9), "4 min longer"),
        (comparing.in_minutes(None, 9), "–"),
        (comparing.in_points(70, None), "–"),
        (comparing.in_points(80, 70), "10 points more"),
        (comparing.in_points(70, 70), "the same"),
    ],
)
def test_times_and_shares_are_compared_in_their_own_words(said, expected):
    assert said == expected


def test_the_summary_says_it_in_a_few_sentences(client, owner):
    add(12, created_at=at(24), attempt_minutes=9, first_attempt_at=at(24), status=Status.WORKING)
    add(3, created_at=at(24), status=Status.BOOKED)
    add(10, created_at=at(1, month=10), attempt_minutes=13, first_attempt_at=at(1), status=Status.WORKING)
    text = page(client)
    assert "15 requests arrived in these 30 days: 5 more (+50%) than the 10 before." in text
    assert "3 of them led to an agreed consultation: 3 more than the 0 before." in text
    assert "were tried within 9 opening minutes: 4 min quicker than before." in text
    assert "Oct 28 to" in text
    assert "beside Sept" in text or "beside Sep" in text


def test_days_of_opening_are_told_where_they_are_not_as_many(client, owner):
    """A holiday alone would look like fewer people who ask."""
    add(15, created_at=at(24))
    add(10, created_at=at(1, month=10))
    assert "You were open" not in page(client)  # nobody entered hours
    nine_to_five = dict.fromkeys(range(5), (Hours(time(9), time(17)),))
    hours = Schedule(DENVER.key, nine_to_five)
    write_facts(replace(default_facts(), hours=hours))
    assert "You were open" not in page(client)  # 22 days and 22
    closed = Exceptional(date(2026, 11, 26), date(2026, 11, 27))
    write_facts(replace(default_facts(), hours=replace(hours, exceptions=(closed,))))
    said = (
        "You were open on 21 of these days, and on 22 of those before: that makes 0.7 requests for each day "
        "of opening, and 0.5 before."
    )
    assert said in page(client)


def test_breakdowns_name_what_was_only_before(client, owner):
    add(6, created_at=at(24), heard_from="search")
    add(7, created_at=at(1, month=10), heard_from="event")
    assert rows_of(client, "heard-from") == [
        ["Searching the web", "5", "0", "0", "5 more"],
        ["A talk or an event", "0", "0", "5", "5 fewer"],
    ]


# --- by colleague, way, language; the website apart ----------------------------------------------------


def test_colleagues_are_counted_by_who_has_a_request(client, owner):
    ann, ben = (UserFactory(group="Front desk", username=name) for name in ("ann", "ben"))
    add(6, status=Status.WORKING, assignee=ann)
    add(5, status=Status.BOOKED, assignee=ben)
    add(7)
    add(5, status=Status.WORKING, assignee=ben, created_at=at(1, month=10))
    assert rows_of(client, "colleague") == [
        # In fives; of one size they stand in the order of their words.
        ["Nobody yet", "5", "0", "0", "5 more"],
        ["ann", "5", "0", "0", "5 more"],
        ["ben", "5", "5", "5", "the same"],
    ]


def test_ways_and_languages_have_words(client, owner):
    add(6, way="text", locale="es")
    add(5, way="call")
    add(5, way="")
    assert rows_of(client, "way") == [
        ["Call me", "5", "0", "0", "5 more"],
        ["Not known", "5", "0", "0", "5 more"],
        ["Text me", "5", "0", "0", "5 more"],
    ]
    assert [row[:2] for row in rows_of(client, "language")] == [["English", "10"], ["Español", "5"]]


def test_the_website_stands_apart_from_phone_and_desk(client, owner):
    add(9, status=Status.REACHED)
    add(4, channel="phone", status=Status.REACHED)
    add(3, channel="walk_in", status=Status.CONVERTED)
    add(5, channel="phone", created_at=at(1, month=10))
    steps = {row[0]: row[1:] for row in rows_of(client, "apart")}
    assert steps["Arrived"] == ["10", "0", "10 more", "5", "5", "the same"]
    assert steps["Reached"] == ["10", "0", "10 more", "5", "0", "5 more"]
    assert steps["On record"] == ["0", "0", "the same", "5", "0", "5 more"]
    assert (figures.apart(MONTH, exact)[0].web, figures.apart(MONTH, exact)[0].entered) == (9, 7)


def test_both_clocks_count_the_website_alone():
    for minutes in range(1, 11):
        add(attempt_minutes=minutes, reach_minutes=10 * minutes, reached_at=at(24), status=Status.REACHED)
    add(9, attempt_minutes=0, reach_minutes=0, reached_at=at(24), status=Status.REACHED, channel="phone")
    add(4)
    now = figures.clocks(MONTH, exact)
    assert now.attempt == figures.Clock(10, 5, 9, 100)
    assert (now.reach.number, now.reach.median, now.reach.ninetieth) == (10, 50, 90)


def test_a_booking_that_was_taken_back_was_none():
    desk = UserFactory(group="Front desk")
    consult, other = make_consult(), make_consult()
    for each in (consult, other):
        workflow.claim(each, actor=desk, version=1)
    before = workflow.as_it_stands(consult)
    workflow.record_outcome(consult, actor=desk, version=2, outcome=Outcome.BOOKED)
    workflow.record_outcome(other, actor=desk, version=2, outcome=Outcome.BOOKED)
    workflow.change_status(other, actor=desk, version=3, status=Status.REACHED)
    booked = {step.label: step.count for step in figures.funnel(MONTH, exact)}["Booked"]
    assert booked == 2
    workflow.undo(consult, actor=desk, version=3, before=before)
    steps = {step.label: step.count for step in figures.funnel(MONTH, exact)}
    assert (steps["Booked"], steps["Reached"], steps["Attempted"]) == (1, 1, 1)
    consult = ConsultRequest.objects.get(pk=consult.pk)
    workflow.record_outcome(consult, actor=desk, version=consult.version, outcome=Outcome.BOOKED)
    assert {step.label: step.count for step in figures.funnel(MONTH, exact)}["Booked"] == 2


def test_queries_stay_the_same_for_any_days(client, owner, count_queries):
    days = {"since": "2026-10-01", "until": "2026-11-26"}
    desk = UserFactory(group="Front desk")
    add(1, status=Status.WORKING, assignee=desk)
    one = count_queries(lambda: page(client, **days))
    for number in range(29):
        add(1, status=Status.BOOKED, created_at=at(9), assignee=UserFactory() if number % 2 else desk)
    assert count_queries(lambda: page(client, **days)) == one
