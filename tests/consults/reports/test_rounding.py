"""What leaves is in fives: no subtraction of what was taken along gives a number from 1 to 4."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
import time_machine
from django.urls import reverse

from consults.enums import AppointmentState, Status
from consults.models import AuditEvent, ConsultRequest, FlagMiss, FunnelCount, TimelineEvent
from consults.reports.catalogue import REPORTS
from consults.reports.rounding import exact, in_fives, is_enough_for_a_time
from tests.factories.users import UserFactory

from .rows import MONTH, NOW, add, agree, at

pytestmark = pytest.mark.django_db
# What stands in these rows and columns is a time or a share, and no count.
TIME = re.compile("median|percentile|within", re.IGNORECASE)
TABLE = re.compile(r'<table id="(.+?)-table".*?</table>', re.DOTALL)
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
SMALL = range(1, 5)
HEARD = ("search", "event", "clinician", "person", "social")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def owner(client):
    client.force_login(UserFactory(group="Managers"))


@pytest.fixture
def some_of_everything():
    """Numbers that differ by one to four from each other, in each table and in the days before."""
    for number, heard_from in enumerate(HEARD, start=1):
        add(number, heard_from=heard_from, channel="phone", created_at=at(9, f"{8 + number}:00"))
        add(number + 6, heard_from=heard_from, created_at=at(10), attempt_minutes=9, locale="es")
    add(8, status=Status.CLOSED, created_at=at(12), priority=2)
    add(3, status=Status.CLOSED, closed_reason="later", way="text", campaign="print")
    add(9, status=Status.SPAM)
    add(6, created_at=at(1, month=10), heard_from="event", source_section="fees", location="1")
    agree(6, starts_at=at(20), state=AppointmentState.CAME)
    agree(3, starts_at=at(20), state=AppointmentState.NO_SHOW)
    FunnelCount.objects.create(week=date(2026, 8, 3), treatment="cost", is_booked=True, number=7)
    FunnelCount.objects.create(week=date(2026, 8, 3), treatment="unsure", is_booked=False, number=4)
    FlagMiss.objects.bulk_create(FlagMiss(week=at(23).date()) for _ in range(6))


def page(client, **query):
    return client.get(reverse("consult_reports:index"), query).content.decode()


def files(client, period=MONTH):
    """Return the text of every file of a period."""
    days = {"since": period.first_day, "until": period.last_day}
    return {
        name: client.get(reverse("consult_reports:table", args=[name]), days).content.decode("utf-8-sig")
        for name in REPORTS
    }


def counts_on(text):
    """Return every count of a page by table, row and column; of a difference how much it is."""
    found = {}
    for table in TABLE.finditer(text):
        head, *rows = ([cell.strip() for cell in CELL.findall(row)] for row in ROW.findall(table[0]))
        for label, *cells in rows:
            for column, cell in zip(range(1, len(head)), cells, strict=True):
                number = re.match(r"\d+(?!\d*%)", cell)
                if number and not TIME.search(label) and not TIME.search(head[column]):
                    found[table[1], label, column] = int(number[0])
    return found


def counts_in(texts):
    """Return the same of files."""
    found = {}
    for name, text in texts.items():
        head, *rows = (re.findall(r'"(.*?)"|(\d+)', line) for line in text.splitlines())
        for (label, _number), *cells in rows:
            for column, (words, digits) in enumerate(cells, start=1):
                number = digits or (re.match(r"\d+(?= )", words) or [""])[0]
                if number and not TIME.search(label) and not TIME.search(head[column][0]):
                    found[name, label, column] = int(number)
    return found


def small_ones(counts, *others):
    """Return the numbers from 1 to 4 that any count or the difference of any two gives away."""
    numbers = {number for each in (counts, *others) for number in each.values()}
    return {n for n in numbers if n in SMALL} | {
        abs(a - b) for a, b in combinations(numbers, 2) if abs(a - b) in SMALL
    }


def test_the_nearest_multiple_of_five():
    assert [in_fives(n) for n in range(14)] == [0, 0, 0, 5, 5, 5, 5, 5, 10, 10, 10, 10, 10, 15]


@pytest.mark.parametrize(("told", "least"), [(exact, 5), (in_fives, 8)])
def test_a_time_is_of_five_people_at_least_and_tells_nothing_of_their_number(told, least):
    assert [n for n in range(20) if is_enough_for_a_time(n, told)] == list(range(least, 20))


# --- attacks: one table beside another -----------------------------------------------------------------


def test_no_two_numbers_of_one_page_differ_by_a_few(client, some_of_everything):
    assert small_ones(counts_on(page(client))) == set(SMALL)  # what can be found is found
    found = counts_on(page(client, rounded="yes"))
    assert {name for name, *_ in found} == set(REPORTS)
    assert small_ones(found) == set()


def test_no_two_numbers_of_all_files_differ_by_a_few(client, some_of_everything):
    found = counts_in(files(client))
    assert {name for name, *_ in found} == set(REPORTS)
    assert small_ones(found) == set()
    assert small_ones(found, counts_on(page(client, rounded="yes"))) == set()


def test_pictures_and_sentences_tell_the_same_fives(client, some_of_everything):
    text = page(client, rounded="yes")
    counts = counts_on(text)
    arrived = counts["funnel", "Arrived", 1]
    assert f"{arrived} requests arrived in these 30 days" in text
    for svg in re.findall(r'<svg class="chart".*?</svg>', text, re.DOTALL):
        if 'aria-labelledby="first-attempt-picture"' not in svg:  # times alone
            drawn = re.findall(r'<text class="chart__(?:value|small chart__mid chart__on).*?>(\d+)', svg)
            assert drawn
            assert not [number for number in drawn if int(number) % 5]


# --- attacks: days that overlap by all but one ---------------------------------------------------------


@pytest.mark.parametrize("number", [1, 2, 3, 6, 7, 8])
def test_days_that_overlap_by_all_but_one_give_no_small_number(client, number):
    """Whatever number the other days have, one person who came on that day alone is not told as one."""
    last = {"created_at": at(26), "heard_from": "event", "way": "text", "priority": 2}
    add(number, created_at=at(10), attempt_minutes=9, first_attempt_at=at(10), status=Status.CLOSED)
    add(1, status=Status.CLOSED, closed_reason="later", attempt_minutes=9, **last)
    agree(1, starts_at=at(26), created_at=at(26))
    shorter = replace(MONTH, last_day=MONTH.last_day - timedelta(days=1))
    alone = replace(MONTH, first_day=MONTH.last_day)
    told = [counts_in(files(client, period)) for period in (MONTH, shorter, alone)]
    assert small_ones(*told) == set()
    # And of the day alone nothing at all, not even the row of what it was.
    assert set(told[2].values()) <= {0}
    assert not {name for name, *_ in told[2]} - {"funnel", "apart", "clocks", "first-attempt"}


# --- what else could tell: order, shares, rows that are there ------------------------------------------


def test_numbers_told_alike_make_the_same_files_to_the_letter(client):
    """Neither the order of the rows nor a share, a row or an hour tells 8 from 12."""

    def world(searched, heard):
        # The oldest rows first, so that both worlds differ in nothing else.
        keys = list(ConsultRequest.objects.order_by("pk").values_list("pk", flat=True))
        ConsultRequest.objects.filter(pk__in=keys[:searched]).update(heard_from="search")
        ConsultRequest.objects.filter(pk__in=keys[searched:]).update(heard_from="event")
        assert len(keys) - searched == heard
        return files(client), main_of(page(client, rounded="yes"))

    add(20, status=Status.REACHED, attempt_minutes=9, first_attempt_at=at(24), reached_at=at(24))
    one = world(8, 12)
    assert one == world(12, 8)
    # Two more of everything, one of them at night, booked, and of a kind that nobody was yet.
    add(1, status=Status.BOOKED, created_at=at(11, "03:00"), way="text", channel="phone", priority=1)
    add(1, status=Status.CLOSED, created_at=at(12, "22:00"), locale="es", campaign="print", location="2")
    ConsultRequest.objects.filter(heard_from="").update(heard_from="event")
    assert (files(client), main_of(page(client, rounded="yes"))) == one


def main_of(text):
    return text.partition('<div class="reports')[2].partition("</main>")[0]


# --- the two pages -------------------------------------------------------------------------------------


def test_whoever_may_open_each_request_sees_exact_figures_on_the_screen(client):
    add(3)
    text = page(client)
    assert counts_on(text)["channel", "Website", 1] == 3
    # The style sheet leaves this one off the paper, and the page says how to print.
    assert '<div class="reports reports--exact">' in text
    assert "Exact figures aren’t printed" in text
    assert "?since=2026-10-28&amp;until=2026-11-26&amp;rounded=yes" in text
    assert "(rounded, CSV)" in text


def test_rounded_stays_rounded_whatever_days_are_chosen(client):
    add(3)
    text = page(client, days=90, rounded="yes")
    assert counts_on(text)["channel", "Website", 1] == 5
    assert "reports--exact" not in text
    assert 'href="?days=30&amp;rounded=yes"' in text
    assert '<input type="hidden" name="rounded" value="yes">' in text
    assert "Show the exact figures" in text


def test_too_few_to_be_told_are_not_called_none(client):
    add(2)
    assert "No request has arrived" not in (text := page(client, rounded="yes"))
    assert "Fewer than 3 requests have arrived in these days" in text


def test_what_leads_to_nobody_is_in_fives_on_the_screen_too(client):
    add(1)
    FunnelCount.objects.create(week=date(2026, 8, 3), treatment="cost", is_booked=True, number=7)
    FunnelCount.objects.create(week=date(2026, 8, 3), treatment="unsure", is_booked=False, number=2)
    FlagMiss.objects.bulk_create(FlagMiss(week=at(23).date()) for _ in range(4))
    found = counts_on(page(client))
    assert {key: number for key, number in found.items() if key[0] == "treatments"} == {
        ("treatments", "Cost and paying", 1): 5,
        ("treatments", "Cost and paying", 2): 5,
    }
    assert found["read-first", "Missed by the word list", 1] == 5


def test_each_reading_is_noted_with_its_days(client):
    page(client, since="2026-11-01", until="2026-11-10")
    page(client, since="2026-11-01", until="2026-11-10", rounded="yes")
    assert list(AuditEvent.objects.order_by("seq").values_list("detail", flat=True)) == [
        "reports, 2026-11-01 to 2026-11-10",
        "rounded reports, 2026-11-01 to 2026-11-10",
    ]


# --- read first ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "columns",
    [
        {"is_canary": True},
        {"status": Status.CLOSED, "closed_reason": "test"},
        {"status": Status.SPAM},
        {"status": Status.QUARANTINE},
    ],
)
def test_tests_and_spam_were_not_put_first(client, columns):
    add(6, priority=2, seen_at=at(24, "10:07"))
    add(7, priority=2, seen_at=at(24, "11:00"), **columns)
    for consult in ConsultRequest.objects.all():
        TimelineEvent.objects.create(consult=consult, action="handed")
    table = REPORTS["read-first"].table_of(MONTH, exact)
    assert [row[:2] for row in table.rows] == [
        ("Marked to be read first", 6),
        ("Of these: with the clinician", 6),
        ("Missed by the word list", 0),
        ("Median minutes until opened", 7),
    ]


def test_the_misses_say_how_many_weeks_they_are_of(client):
    """Four Mondays beside five are no fair comparison unless it is said."""
    add(6, priority=2)
    assert "the weeks that began in these days (4 here, 5 before;" in page(client)
