"""The page: pictures and tables of the same numbers, and nothing that anybody typed."""

import csv
import io
import re
from datetime import date
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from consults.enums import AppointmentState, Status
from consults.models import AuditEvent, ConsultRequest, FlagMiss, FunnelCount
from consults.reports import views
from consults.reports.catalogue import REPORTS
from consults.reports.charts import week_dots
from consults.reports.figures import Week
from consults.reports.tables import Table
from tests.factories.users import UserFactory
from tests.site.http import Document

from .rows import NOW, add, agree, at

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Markername",
    "phone": "(555) 555-0177",
    "email": "marker@example.net",
    "note": "Markernote",
    "needs": "Markerneeds",
}
WITH_PICTURE = [name for name, report in REPORTS.items() if report.chart]
SVG = re.compile(r"<svg class=\"chart\".*?</svg>", re.DOTALL)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def owner(client):
    user = UserFactory(group="Managers")
    client.force_login(user)
    return user


@pytest.fixture
def many(db):
    """Requests in many states, with some cells small."""
    add(12, status=Status.WORKING, attempt_minutes=9, first_attempt_at=at(24), typed=TYPED)
    add(2, created_at=at(10), heard_from="search", status=Status.BOOKED)
    add(6, status=Status.CLOSED, source_section="fees", created_at=at(3, "15:00"))
    add(1, status=Status.CLOSED, closed_reason="later", campaign="print")
    agree(6, starts_at=at(20), state=AppointmentState.CAME)
    agree(5, starts_at=at(25))
    FunnelCount.objects.create(week=date(2026, 8, 3), treatment="cost", is_booked=True, number=6)
    FlagMiss.objects.bulk_create(FlagMiss(week=at(24).date()) for _ in range(6))


def page(client, **query):
    return client.get(reverse("consult_reports:index"), query).content.decode()


def file(client, name, **query):
    return client.get(reverse("consult_reports:table", args=[name]), query)


def pictures(text):
    """Return the pictures, parsed."""
    return [ElementTree.fromstring(svg) for svg in SVG.findall(text)]  # noqa: S314


def table_below(text, picture):
    """Return the rows of the first table after a picture, as text."""
    name = picture.get("aria-labelledby").removesuffix("-picture")
    _before, _, after = text.partition(f'<table id="{name}-table"')
    table = ElementTree.fromstring("<table" + after.partition("</table>")[0] + "</table>")  # noqa: S314
    return name, table


# --- what it shows -------------------------------------------------------------------------------------


def test_every_report_has_a_picture_and_its_table(client, owner, many):
    text = page(client)
    assert len(pictures(text)) == len(WITH_PICTURE)
    assert all(f'<table id="{name}-table"' in text for name in REPORTS)
    for picture in pictures(text):
        name, table = table_below(text, picture)
        assert picture.get("role") == "img"
        assert picture.find("title").text.startswith("Picture: ")
        assert f'id="{picture.get("aria-describedby")}"' in text
        assert table.find("caption").text
        assert {head.get("scope") for head in table.findall("thead/tr/th")} == {"col"}
        assert all(row.find("th").get("scope") == "row" for row in table.findall("tbody/tr"))
        assert text.index(f'id="{name}-picture"') < text.index(f'id="{name}-table"')


@pytest.mark.parametrize("told", [{}, {"rounded": "yes"}])
def test_picture_and_table_tell_the_same_numbers(client, owner, many, told):
    text = page(client, **told)
    compared = 0
    for picture in pictures(text):
        name, table = table_below(text, picture)
        drawn = [re.sub(r" (·|↑).*", "", "".join(t.itertext())) for t in picture.findall("text")]
        for row in table.findall("tbody/tr"):
            head, *cells = ("".join(cell.itertext()) for cell in row)
            wanted = {"first-attempt": cells[1:3], "arrivals": cells}.get(name, [head, cells[0]])
            for number in wanted:
                if number not in ("0", "–"):
                    assert number in drawn, (name, number)
                    compared += 1
    assert compared > 25


def test_no_picture_needs_a_script_or_a_style(client, owner, many):
    for svg in SVG.findall(page(client)):
        assert not re.search(r"\bstyle=|<script|\bon\w+=|https?:", svg)


@pytest.mark.parametrize("told", [{}, {"rounded": "yes"}])
def test_the_markup_has_no_errors(client, owner, many, told):
    # The frame around it is Wagtail's.
    ours = r'<div class="nice-padding">\s*<div class="reports( reports--exact)?">.*?</main>'
    main = re.search(ours, page(client, **told), re.DOTALL)[0]
    document = f'<!doctype html><html lang="en"><title>Reports</title><main><div>{main}</html>'
    assert Document(document.encode()).errors == []


@pytest.mark.parametrize(
    ("asked", "days"), [("30", 30), ("90", 90), (None, 30), ("", 30), ("31", 30), ("x", 30), ("-90", 30)]
)
def test_only_what_is_offered_can_be_asked_for(client, owner, asked, days):
    add(1)
    text = page(client, **({} if asked is None else {"days": asked}))
    assert f"the last {days} days" in text
    assert f'<a href="?days={days}" aria-current="page">' in text


def test_a_new_clinic_is_told_what_will_come(client, owner):
    text = page(client)
    assert "No request has arrived in these days." in text
    assert pictures(text) == []
    assert all(file(client, name).status_code == 200 for name in REPORTS)


def test_appointments_are_shown_of_days_in_which_nobody_wrote(client, owner):
    agree(6, starts_at=at(20), state=AppointmentState.NO_SHOW, created_at=at(1, month=8))
    _name, table = table_below(text := page(client), pictures(text)[-1])
    [row] = table.findall("tbody/tr")
    assert ["".join(cell.itertext()) for cell in row] == ["Did not come", "6", "0", "6 more"]
    lines = file(client, "appointments").content.decode("utf-8-sig").splitlines()
    assert lines == [
        '"What became of it","Appointments","Before","Difference"',
        '"Did not come",5,0,"5 more"',
    ]


def test_a_clinic_of_one_request_gets_a_page(client, owner):
    add(1, status=Status.SPAM)
    assert len(pictures(page(client))) == 2  # funnel and weeks


def test_weeks_beyond_the_scale_are_said_with_an_arrow():
    weeks = [Week(NOW.date(), 9, 10, minutes, None, 0) for minutes in (20, 500)]
    low, high = week_dots(weeks, 15).ninetieths
    assert (low.value, low.is_beyond) == ("20", False)
    assert (high.value, high.is_beyond) == ("500 ↑", True)
    assert high.y < low.y


# --- what it does not show, and what it costs ----------------------------------------------------------


def test_nothing_typed_is_anywhere(client, owner, many):
    texts = [page(client), *(file(client, name).content.decode() for name in REPORTS)]
    marks = [*TYPED.values(), *ConsultRequest.objects.values_list("reference", flat=True)]
    assert not [mark for mark in marks for text in texts if mark in text]


def test_no_envelope_is_read(client, owner, many):
    with CaptureQueriesContext(connection) as queries:
        page(client)
    asked = [query["sql"] for query in queries if "consults_consultrequest" in query["sql"]]
    # Of these days and of those before; treatments of the anonymous counts, and how many these should be.
    assert len(asked) == sum(1 + report.is_compared for report in REPORTS.values())
    assert not [sql for sql in asked if "envelope" in sql or "_index" in sql]


def test_queries_stay_the_same(client, owner, count_queries):
    add(1, status=Status.CLOSED)
    few = count_queries(lambda: page(client, days=90))
    agree(29, starts_at=at(20), created_at=at(9), attempt_minutes=7)
    assert count_queries(lambda: page(client, days=90)) == few


# --- files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REPORTS)
def test_a_file_holds_the_table_in_full_words(client, owner, many, name):
    answer = file(client, name, days=90)
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    # By the days that it counts; those of the treatments are older.
    days = "2026-05-04-to-2026-08-09" if name == "treatments" else "2026-08-29-to-2026-11-26"
    file_name = f"requests-{name}-{days}-rounded.csv"
    assert answer["Content-Disposition"] == f'attachment; filename="{file_name}"'
    event = AuditEvent.objects.get()
    assert (event.action, event.detail) == ("report", f"{name}, {days.replace('-to-', ' to ')}")
    assert "no-store" in answer["Cache-Control"]
    assert len(rows) > 1
    assert "–" not in answer.content.decode()


def test_a_file_is_told_in_fives_whatever_the_page_shows(client, owner, many):
    text = file(client, "lost-reasons").content.decode("utf-8-sig")
    assert text.splitlines() == ['"Reason","Requests","Before","Difference"', '"Cost",5,0,"5 more"']
    _name, table = table_below(text := page(client), pictures(text)[-1])
    assert [["".join(cell.itertext()) for cell in row] for row in table.findall("tbody/tr")] == [
        ["Cost", "6", "0", "6 more"],
        ["Later", "1", "0", "1 more"],
    ]


def test_a_file_writes_weeks_as_a_spreadsheet_reads_and_sorts_them(client, owner, many):
    _head, *rows = csv.reader(io.StringIO(file(client, "first-attempt").content.decode("utf-8-sig")))
    days = [date.fromisoformat(row[0]) for row in rows]
    assert days == sorted(days)
    assert all(date_format(day, "SHORT_DATE_FORMAT") in page(client) for day in days)


def test_no_cell_of_a_file_is_a_formula(client, owner, monkeypatch):
    table = Table("", "", ("=1+1", "Requests"), (("@x", 7),))
    monkeypatch.setattr(views, "wanted_reports", lambda: {"any": SimpleNamespace(table_of=lambda *_: table)})
    text = file(client, "any").content.decode("utf-8-sig")
    assert text.splitlines() == ['"\'=1+1","Requests"', '"\'@x",7']


def test_an_unknown_table_is_not_found(client, owner):
    assert file(client, "everything").status_code == 404


def test_what_has_no_figure_is_empty_in_a_file():
    assert Table("", "", ("Week", "Median"), (("–", 7),)).for_file() == [["Week", "Median"], ["", 7]]
