"""The file for a calendar: two readers that know nothing of one another find the same in it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from clinic.core.facts import Location, default_facts, write_facts
from consults import calendar_files, workflow
from consults.enums import Manner, Outcome, Purpose, Status
from consults.models import ConsultRequest

from .conftest import NOW, TIME, booked, hours, november, url

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DENVER, NEW_YORK = ZoneInfo("America/Denver"), ZoneInfo("America/New_York")


def file_of(client, consult):
    response = client.get(url("calendar", consult))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="appointment.ics"'
    return response.content


def read_by_one(content):
    """Return what icalendar reads."""
    [event] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return {
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "status": str(event["STATUS"]),
        "summary": str(event["SUMMARY"]),
        "starts": event.decoded("DTSTART").astimezone(UTC),
        "ends": event.decoded("DTEND").astimezone(UTC),
        "made": event.decoded("DTSTAMP").astimezone(UTC),
        "place": str(event.get("LOCATION", "")),
    }


def read_by_other(content):
    """Return what vobject reads."""
    event = vobject.readOne(content.decode(), validate=True).vevent
    return {
        "uid": event.uid.value,
        "sequence": int(event.sequence.value),
        "status": event.status.value,
        "summary": event.summary.value,
        "starts": event.dtstart.value.astimezone(UTC),
        "ends": event.dtend.value.astimezone(UTC),
        "made": event.dtstamp.value.astimezone(UTC),
        "place": event.location.value if hasattr(event, "location") else "",
    }


def read(client, consult):
    """Return what both read; they agree."""
    content = file_of(client, consult)
    one, other = read_by_one(content), read_by_other(content)
    assert one == other
    return one


def move(consult, desk, starts_at, manner=Manner.IN_PERSON):
    planned = workflow.planned_of(consult)
    workflow.change_appointment(
        consult,
        actor=desk,
        version=consult.version,
        starts_at=starts_at,
        minutes=90,
        location=planned.location,
        with_whom=None,
        manner=manner,
    )


def test_two_readers_find_the_same_in_it(client, desk):
    event = read(client, booked(desk))
    assert event == {
        "uid": event["uid"],
        "sequence": 0,
        "status": "CONFIRMED",
        "summary": "Appointment",
        "starts": TIME,
        "ends": TIME + timedelta(minutes=60),
        "made": NOW,
        "place": "",
    }


def test_a_moved_one_is_the_same_entry_one_change_further(client, desk, later):
    consult = booked(desk)
    first = read(client, consult)
    later(NOW + timedelta(hours=1))
    move(consult, desk, november(27, 11), Manner.VIDEO)
    second = read(client, consult)
    assert second["uid"] == first["uid"]
    assert (second["sequence"], second["starts"], second["summary"]) == (1, november(27, 11), "A video call")
    assert second["ends"] - second["starts"] == timedelta(minutes=90)
    assert second["made"] > first["made"]


def test_a_cancelled_one_is_off_in_the_calendar_as_well(client, desk):
    consult = booked(desk)
    first = read(client, consult)
    workflow.cancel_appointment(consult, actor=desk, version=consult.version)
    off = read(client, consult)
    assert (off["uid"], off["sequence"], off["status"]) == (first["uid"], 1, "CANCELLED")


@pytest.mark.parametrize("is_moved", [True, False])
def test_what_is_taken_back_is_newer_than_what_a_calendar_may_have(client, desk, is_moved):
    consult = booked(desk)
    first, before = read(client, consult), workflow.as_it_stands(consult)
    if is_moved:
        workflow.record_outcome(
            consult,
            actor=desk,
            version=consult.version,
            outcome=Outcome.BOOKED,
            again_at=november(27, 11),
        )
    else:
        workflow.open_consult(consult, actor=desk, purpose=Purpose.TRIAGE)
        workflow.change_status(
            consult, actor=desk, version=consult.version, status=Status.CLOSED, reason="elsewhere"
        )
    fetched = read(client, consult)
    workflow.undo(consult, actor=desk, version=consult.version, before=before)
    restored = read(client, consult)
    assert first["sequence"] < fetched["sequence"] < restored["sequence"]
    assert (restored["uid"], restored["starts"], restored["status"]) == (first["uid"], TIME, "CONFIRMED")


@pytest.mark.parametrize("zone", [DENVER, NEW_YORK])
@pytest.mark.parametrize(
    ("now", "day"),
    [((2026, 10, 20), (2026, 11, 1)), ((2027, 3, 1), (2027, 3, 14)), ((2026, 10, 20), (2026, 11, 2))],
)
def test_the_time_is_right_on_days_on_which_the_clocks_change(client, desk, later, zone, now, day):
    later(datetime(*now, 12, tzinfo=zone))
    write_facts(replace(default_facts(), hours=hours(zone.key)))
    starts_at = datetime(*day, 9, 30, tzinfo=zone)
    found = read(client, booked(desk, starts_at))["starts"].astimezone(zone)
    assert (found.day, found.hour, found.minute) == (day[2], 9, 30)


def test_nothing_in_it_tells_of_a_person_the_clinic_or_the_matter(client, desk):
    consult = booked(desk, name="Sample Ridge", email="sample.ridge@example.net")
    content = file_of(client, consult).decode()
    told = re.sub("UID:[0-9a-f-]{36}\r\n", "", content).lower().replace("begin:vcalendar", "")
    for telling in (
        "sample",
        "ridge",
        "555",
        "clinic",
        "ketamine",
        "consult",
        "localhost",
        consult.reference.lower(),
    ):
        assert telling not in told
    assert all(len(line.encode()) <= 75 for line in content.split("\r\n"))
    assert content.endswith("END:VCALENDAR\r\n")


@pytest.mark.parametrize(
    ("name", "manner", "place"),
    [
        ("North; 2nd floor, left", Manner.IN_PERSON, "North; 2nd floor, left"),
        (
            "Sœurs de la Visitation, très longue adresse près de l’église Saint-Étienne",
            Manner.IN_PERSON,
            None,
        ),
        ("Ketamine Clinic North", Manner.IN_PERSON, ""),
        ("North", Manner.PHONE, ""),
    ],
)
def test_a_place_is_named_where_its_name_says_no_more_than_where(client, desk, name, manner, place):
    places = [Location("north", name, hours()), Location("east", "East", hours("America/New_York"))]
    write_facts(replace(default_facts(), hours=hours(), locations=places))
    consult = booked(desk)
    consult.appointments.update(location="north", manner=manner)
    assert read(client, consult)["place"] == (name if place is None else place)


def test_lines_are_folded_between_letters():
    words = "é" * 200
    content = calendar_files.calendar([[f"SUMMARY:{words}"]])
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    [event] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(event["SUMMARY"]) == words


def test_there_is_none_without_an_appointment_or_once_the_contents_are_gone(client, desk):
    without, removed = booked(desk, None), booked(desk)
    ConsultRequest.objects.filter(pk=removed.pk).update(
        status="closed", closed_reason="cost", purged_at=november(24)
    )
    for consult in (without, removed):
        assert client.get(url("calendar", consult)).status_code == 404
