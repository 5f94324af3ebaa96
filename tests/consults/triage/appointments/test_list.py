"""The appointments of a day or a week: of a place, by its clocks, with references alone."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tinyhtml5 import parse

from consults import workflow
from consults.models import Appointment, AuditEvent, ConsultRequest
from tests.factories.users import UserFactory, with_only

from .conftest import TIME, booked, november, pressed, url

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NEW_YORK = ZoneInfo("America/New_York")


def ask(client, **filters):
    return client.get(f"{reverse('consult_appointments:index')}?{urlencode(filters)}")


def said(node):
    return re.sub(r"\s+", " ", "".join(node.itertext())).strip().replace("\xa0", " ")


def days(response):
    """Return ``{heading: rows}`` of a list."""
    tree = parse(response.content.decode(), namespace_html_elements=False)
    return {
        said(section.find("h2")): [said(row) for row in section.iter("li")]
        for section in tree.iter("section")
    }


def test_today_comes_by_itself(client, desk):
    booked(desk)
    assert days(ask(client)) == {"Tuesday, November 24, 2026 (today)": []}
    assert "Nobody is expected." in ask(client).content.decode()


def test_a_row_says_all_of_it(client, desk):
    consult = booked(desk)
    [row] = days(ask(client, day="2026-11-26"))["Thursday, November 26, 2026"]
    assert row == f"2 pm {consult.reference} 60 minutes, in person, nobody named yet Planned"
    with_desk = workflow.planned_of(consult)
    with_desk.with_whom = desk
    with_desk.save()
    [row] = days(ask(client, day="2026-11-26"))["Thursday, November 26, 2026"]
    assert row == f"2 pm {consult.reference} 60 minutes, in person, with robin Planned"


def test_a_week_begins_on_monday_and_has_its_hours(client, desk):
    late, early = booked(desk, november(28, 10)), booked(desk, november(25, 9))
    response = ask(client, day="2026-11-26", span="week")
    shown = days(response)
    assert [title.split(",")[0] for title in shown] == [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]  # fmt: skip
    assert [title for title, rows in shown.items() if rows] == [
        "Wednesday, November 25, 2026",
        "Saturday, November 28, 2026",
    ]
    page = response.content.decode()
    assert page.index(early.reference) < page.index(late.reference)
    assert "Closed (Day after Thanksgiving)" in page
    assert "9:00\xa0am – 5:00\xa0pm" in page


def test_the_one_event_names_what_stands_there(client, desk):
    consult = booked(desk, name="Markername")
    before = AuditEvent.objects.count()
    response = ask(client, day="2026-11-26")
    [event] = AuditEvent.objects.order_by("seq")[before:]
    assert (event.action, event.references) == ("list", consult.reference)
    assert "Markername" not in response.content.decode()


def test_a_moved_one_stands_at_its_new_time_alone(client, desk):
    consult = booked(desk)
    planned = workflow.planned_of(consult)
    workflow.change_appointment(
        consult,
        actor=desk,
        version=consult.version,
        starts_at=november(26, 16),
        minutes=60,
        location=planned.location,
        with_whom=None,
        manner="video",
    )
    [row] = days(ask(client, day="2026-11-26"))["Thursday, November 26, 2026"]
    assert row.startswith("4 pm")
    workflow.cancel_appointment(consult, actor=desk, version=consult.version)
    [row] = days(ask(client, day="2026-11-26"))["Thursday, November 26, 2026"]
    assert row.endswith("by video, nobody named yet Cancelled")


def test_came_and_did_not_come_are_told_from_the_list_and_lead_back_to_it(client, desk, later):
    came, missed = booked(desk), booked(desk)
    later(TIME + timedelta(minutes=10))
    filters = "day=2026-11-26&span=week"
    page = ask(client, day="2026-11-26", span="week").content.decode()
    back = "/admin/appointments/?day=2026-11-23&span=week"
    for consult, door in ((came, "came"), (missed, "no_show")):
        address = f"{url(door, consult)}?day=2026-11-23&amp;span=week"
        assert address in page
        answer = client.post(f"{url(door, consult)}?{filters}", pressed(consult))
        assert (answer.status_code, answer.url) == (302, back)
    assert sorted(Appointment.objects.values_list("state", flat=True)) == ["came", "no_show"]
    rows = " ".join(sum(days(client.get(back)).values(), []))
    assert "Came: to be put on record" in rows
    assert "Did not come" in rows


def buttons(response):
    """Return ``[(reference, key of the appointment, names of its buttons)]`` of a list, from its forms."""
    tree = parse(response.content.decode(), namespace_html_elements=False)
    found = []
    for row in tree.iter("li"):
        for form in row.iter("form"):
            sent = {field.get("name"): field.get("value") for field in form.iter("input")}
            names = [said(button).partition(":")[0] for button in form.iter("button")]
            found.append((said(row.find(".//a")), int(sent["appointment"]), names))
    return found


def test_of_two_of_one_request_each_button_is_for_its_own_row(client, desk, later):
    consult = booked(desk, november(26, 9))
    later(november(26, 9, 30))
    client.post(url("no_show", consult), pressed(consult))
    missed = workflow.latest_appointment(consult)
    consult.refresh_from_db()
    workflow.record_outcome(
        consult, actor=desk, version=consult.version, outcome="booked", again_at=november(26, 14)
    )
    planned = workflow.planned_of(consult)
    later(november(26, 14, 5))
    response = ask(client, day="2026-11-26")
    assert len(days(response)["Thursday, November 26, 2026 (today)"]) == 2
    # Of the earlier one nobody says anything any more.
    assert buttons(response) == [(consult.reference, planned.pk, ["Came", "Did not come"])]
    states = list(Appointment.objects.order_by("pk").values_list("pk", "state"))
    back = f"{url('came', consult)}?day=2026-11-26&span=day"
    answer = client.post(back, pressed(consult, appointment=missed.pk), follow=True)
    assert "another one came after it" in answer.content.decode()
    assert list(Appointment.objects.order_by("pk").values_list("pk", "state")) == states
    client.post(back, pressed(consult, appointment=planned.pk))
    missed.refresh_from_db()
    planned.refresh_from_db()
    assert (missed.state, planned.state) == ("no_show", "came")


def test_a_row_that_was_moved_meanwhile_is_refused(client, desk, later):
    consult = booked(desk)
    shown = pressed(consult)
    later(TIME + timedelta(minutes=5))
    workflow.change_appointment(
        consult,
        actor=UserFactory(group="Front desk"),
        version=consult.version,
        starts_at=november(26, 16),
        minutes=60,
        location="",
        with_whom=None,
        manner="in_person",
    )
    before = list(Appointment.objects.order_by("pk").values())
    answer = client.post(f"{url('came', consult)}?day=2026-11-26&span=day", shown)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Appointment moved" in page
    assert "That is not possible any more, as it stands now." in page
    assert list(Appointment.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("status", ["closed", "spam"])
def test_an_ended_request_offers_nothing_to_press(client, desk, later, status):
    consult = booked(desk)
    later(TIME + timedelta(minutes=5))
    client.post(url("no_show", consult), pressed(consult))
    ConsultRequest.objects.filter(pk=consult.pk).update(
        status=status, closed_reason="cost" if status == "closed" else "", next_action_at=None
    )
    assert buttons(ask(client, day="2026-11-26")) == []
    before = list(Appointment.objects.values())
    answer = client.post(url("came", consult), pressed(consult), follow=True)
    assert "can’t be moved there" in answer.content.decode()
    assert list(Appointment.objects.values()) == before


@pytest.mark.parametrize(
    "query", ["span=week&place=nowhere", "span=x", "span=day&day=yesterday", "day=2026-11-26"]
)
def test_an_odd_way_back_leads_to_the_request(client, desk, later, query):
    consult = booked(desk)
    later(TIME + timedelta(minutes=10))
    answer = client.post(f"{url('came', consult)}?{query}", pressed(consult))
    assert answer.url == url("detail", consult)


def test_nothing_is_to_be_pressed_before_its_time_or_by_whoever_may_only_look(client, desk, later):
    booked(desk)
    assert "appointments__buttons" not in ask(client, day="2026-11-26").content.decode()
    later(TIME + timedelta(minutes=1))
    assert "appointments__buttons" in ask(client, day="2026-11-26").content.decode()
    client.force_login(with_only("Front desk", "view_consultrequest"))
    response = ask(client, day="2026-11-26")
    assert response.status_code == 200
    assert "appointments__buttons" not in response.content.decode()


def test_a_list_of_a_place_goes_by_its_clocks(client, desk, two_places):
    # Shortly after midnight in New York it is still the day before in Denver.
    late = booked(desk, datetime(2026, 11, 26, 0, 30, tzinfo=NEW_YORK))
    Appointment.objects.update(location="east")
    assert [
        row[:8] for row in days(ask(client, day="2026-11-26", place="east"))["Thursday, November 26, 2026"]
    ] == ["12:30 am"]
    assert not any(days(ask(client, day="2026-11-26", place="north")).values())
    [row] = days(ask(client, day="2026-11-25"))["Wednesday, November 25, 2026"]
    assert row.startswith(f"12:30 am (Eastern time) {late.reference}")
    assert "East" in row


def test_one_of_which_nobody_said_where_stands_in_every_list(client, desk, two_places):
    booked(desk)
    for place in ("north", "east", ""):
        [row] = days(ask(client, day="2026-11-26", place=place))["Thursday, November 26, 2026"]
        assert "no place named yet" in row


@pytest.mark.parametrize(
    ("filters", "problem"),
    [
        ({"day": "yesterday"}, "Enter a day, such as 2026-12-08."),
        ({"day": "1999-12-31"}, "Choose a day between 2000 and 2199."),
        ({"day": "9999-12-31", "span": "week"}, "Choose a day between 2000 and 2199."),
        ({"day": "2" * 150}, "Enter a day, such as 2026-12-08."),
        ({"day": "2" * 5000}, ""),
        ({"span": "year"}, "Select a valid choice."),
        ({"place": "nowhere"}, "Select a valid choice."),
    ],
)
def test_what_can_not_be_read_leads_to_today_and_says_why(client, desk, filters, problem):
    response = ask(client, **filters)
    assert response.status_code == 200
    assert problem in response.content.decode()
    assert "Tuesday, November 24, 2026 (today)" in days(response)


@pytest.mark.parametrize("day", ["2000-01-01", "2199-12-31"])
@pytest.mark.parametrize("span", ["day", "week"])
def test_the_ends_of_time_have_a_list(client, desk, day, span):
    assert ask(client, day=day, span=span).status_code == 200


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        ("2026-11-01", "north", 25),
        ("2027-03-14", "north", 23),
        ("2026-11-01", "east", 25),
        ("2027-03-14", "east", 23),
    ],
)
def test_a_day_on_which_the_clocks_change_is_whole(client, desk, two_places, day, zone, hours):
    from datetime import date

    from consults.triage.appointments.filters import filters_of

    begin, end = filters_of(date.fromisoformat(day), "day", zone).bounds
    assert end.timestamp() - begin.timestamp() == hours * 3600


def test_what_was_removed_and_what_the_site_sent_itself_is_in_no_list(client, desk):
    removed, canary, ended = booked(desk), booked(desk), booked(desk)
    ConsultRequest.objects.filter(pk=removed.pk).update(
        status="closed", closed_reason="cost", purged_at=november(24)
    )
    ConsultRequest.objects.filter(pk=canary.pk).update(is_canary=True)
    [row] = days(ask(client, day="2026-11-26"))["Thursday, November 26, 2026"]
    assert ended.reference in row


def test_the_list_asks_as_often_for_many_as_for_one(client, desk):
    people = [UserFactory(group="Front desk") for _ in range(3)]

    def add(number):
        consult = booked(desk)
        consult.appointments.update(with_whom=people[number % 3])

    add(0)
    ask(client, day="2026-11-26")
    counts = []
    for more in (0, 29):
        for number in range(more):
            add(number)
        with CaptureQueriesContext(connection) as queries:
            response = ask(client, day="2026-11-26")
        counts.append(len(queries))
    assert len(days(response)["Thursday, November 26, 2026"]) == 30
    assert counts[0] == counts[1]


def test_it_stands_in_the_menu_beside_the_desk(client, desk):
    assert "/admin/appointments/" in client.get("/admin/").content.decode()
    client.force_login(UserFactory(group="Editors"))
    assert "/admin/appointments/" not in client.get("/admin/").content.decode()
