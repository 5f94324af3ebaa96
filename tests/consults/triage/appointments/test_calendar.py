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
from consults.models import AuditEvent, ConsultRequest

from .conftest import NOW, TIME, booked, hours, november, url

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DENVER, NEW_YORK = ZoneInfo("America/Denver"), ZoneInfo("America/New_York")


def file_of(client, consult, appointment=None):
    appointment = appointment or workflow.latest_appointment(consult)
    response = client.get(url("calendar", consult, appointment.pk))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    name = "appointment-off" if b"STATUS:CANCELLED" in response.content else "appointment"
    assert response["Content-Disposition"] == f'attachment; filename="{name}.ics"'
    return response.content


def read_by_one(content):
    """Return what icalendar reads."""
    calendar = icalendar.Calendar.from_ical(content)
    [event] = calendar.walk("VEVENT")
    return {
        "method": str(calendar["METHOD"]),
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
    calendar = vobject.readOne(content.decode(), validate=True)
    event = calendar.vevent
    return {
        "method": calendar.method.value,
        "uid": event.uid.value,
        "sequence": int(event.sequence.value),
        "status": event.status.value,
        "summary": event.summary.value,
        "starts": event.dtstart.value.astimezone(UTC),
        "ends": event.dtend.value.astimezone(UTC),
        "made": event.dtstamp.value.astimezone(UTC),
        "place": event.location.value if hasattr(event, "location") else "",
    }


def read(client, consult, appointment=None):
    """Return what both read; they agree."""
    content = file_of(client, consult, appointment)
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
        "method": "PUBLISH",
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
    assert (off["uid"], off["sequence"]) == (first["uid"], 1)
    assert (off["status"], off["method"]) == ("CANCELLED", "CANCEL")


def test_booked_anew_it_is_another_entry_and_the_one_before_it_is_taken_out(client, desk, later):
    """Whoever fetched the first one would have two in their calendar otherwise."""
    consult = booked(desk)
    first, old = read(client, consult), workflow.latest_appointment(consult)
    assert links(client, consult) == [("File for a calendar", old.pk)]
    workflow.cancel_appointment(consult, actor=desk, version=consult.version)
    workflow.record_outcome(
        consult, actor=desk, version=consult.version, outcome=Outcome.BOOKED, again_at=november(27, 11)
    )
    new = workflow.latest_appointment(consult)
    takes_out = "File that takes Thursday, November 26, 2026 at 2 pm (Mountain time) out of a calendar"
    assert links(client, consult) == [(takes_out, old.pk), ("File for a calendar", new.pk)]
    off, second = read(client, consult, old), read(client, consult, new)
    assert (off["uid"], off["sequence"], off["method"]) == (first["uid"], 1, "CANCEL")
    assert (second["starts"], second["method"], second["sequence"]) == (november(27, 11), "PUBLISH", 0)
    assert second["uid"] != first["uid"]
    # What is over bothers no calendar any more.
    later(november(26, 15))
    assert links(client, consult) == [("File for a calendar", new.pk)]


def test_one_that_ended_with_its_request_can_be_taken_out_as_well(client, desk):
    consult = booked(desk)
    old = workflow.latest_appointment(consult)
    workflow.open_consult(consult, actor=desk, purpose=Purpose.TRIAGE)
    workflow.change_status(
        consult, actor=desk, version=consult.version, status=Status.CLOSED, reason="elsewhere"
    )
    [(label, key)] = links(client, consult)
    assert (label.startswith("File that takes"), key) == (True, old.pk)
    assert read(client, consult)["method"] == "CANCEL"


def links(client, consult):
    """Return words and appointment of each file that the page of a request offers."""
    page = client.get(url("detail", consult)).content.decode().replace("\xa0", " ")
    found = re.findall(r'<a href="[^"]*/appointment/(\d+)/calendar/">([^<]*)</a>', page)
    return [(label, int(key)) for key, label in found]


def test_each_turn_is_one_change_further(client, desk, later):
    """Missed, came after all, and missed after all: a calendar takes none of them for an old one."""
    consult = booked(desk)
    seen = [read(client, consult)]
    later(TIME + timedelta(minutes=20))
    for verb in (workflow.note_no_show, workflow.note_came, workflow.note_no_show):
        verb(consult, actor=desk, version=consult.version)
        seen.append(read(client, consult))
    assert [one["status"] for one in seen] == ["CONFIRMED", "CANCELLED", "CONFIRMED", "CANCELLED"]
    numbers = [one["sequence"] for one in seen]
    assert numbers == sorted(set(numbers))
    assert {one["uid"] for one in seen} == {seen[0]["uid"]}


def test_the_audit_says_of_which_one_the_file_was(client, desk):
    consult = booked(desk)
    old = workflow.latest_appointment(consult)
    workflow.cancel_appointment(consult, actor=desk, version=consult.version)
    workflow.record_outcome(
        consult, actor=desk, version=consult.version, outcome=Outcome.BOOKED, again_at=november(27, 11)
    )
    new = workflow.latest_appointment(consult)
    for each in (old, new):
        file_of(client, consult, each)
    events = AuditEvent.objects.filter(action="list").order_by("seq").values_list("references", "detail")
    assert list(events) == [
        (consult.reference, f"calendar file of appointment 1 of the request (no. {old.pk}): cancelled"),
        (consult.reference, f"calendar file of appointment 2 of the request (no. {new.pk}): planned"),
    ]


def test_a_link_from_before_a_move_leads_to_the_entry_as_it_is_now(client, desk):
    consult = booked(desk)
    before = workflow.latest_appointment(consult)
    move(consult, desk, november(27, 11))
    assert read(client, consult, before)["starts"] == november(27, 11)


def test_nobody_gets_the_file_of_another_request_by_this_one(client, desk):
    consult, other = booked(desk), booked(desk)
    key = workflow.latest_appointment(other).pk
    assert client.get(url("calendar", consult, key)).status_code == 404
    assert client.get(url("calendar", consult, 10**30)).status_code == 404


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
    ("town", "manner", "place"),
    [
        ("Boulder, CO", Manner.IN_PERSON, "Boulder, CO"),
        (
            "Saint-Étienne-de-Saint-Geoirs; sur la rivière Rival, très loin de tout, Isère",
            Manner.IN_PERSON,
            None,
        ),
        ("", Manner.IN_PERSON, ""),
        ("Ketamine City, CO", Manner.IN_PERSON, ""),
        ("Boulder, CO", Manner.PHONE, ""),
    ],
)
def test_of_the_place_no_more_is_told_than_the_town(client, desk, town, manner, place):
    """Its name may tell what is done there, and a street leads to the name."""
    north = Location("north", "Harbor Infusion and Pain Center", hours(), town)
    places = [north, Location("east", "East", hours("America/New_York"), "Albany, NY")]
    write_facts(
        replace(default_facts(), hours=hours(), locations=places, address_lines=["100 Placeholder Street"])
    )
    consult = booked(desk)
    consult.appointments.update(location="north", manner=manner)
    assert read(client, consult)["place"] == (town if place is None else place)
    content = file_of(client, consult).decode().replace("\r\n ", "")
    for telling in ("Harbor", "Infusion", "Placeholder"):
        assert telling not in content


def test_a_clinic_with_one_place_tells_no_town(client, desk):
    only = Location("north", "North", hours(), "Boulder, CO")
    write_facts(replace(default_facts(), hours=hours(), locations=[only]))
    assert read(client, booked(desk))["place"] == ""


def test_lines_are_folded_between_letters():
    words = "é" * 200
    content = calendar_files.calendar([[f"SUMMARY:{words}"]])
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    [event] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(event["SUMMARY"]) == words


def test_there_is_none_without_an_appointment_or_once_the_contents_are_gone(client, desk):
    without, removed, empty = booked(desk, None), booked(desk), booked(desk)
    empty.appointments.update(calendar_id=None)
    ConsultRequest.objects.filter(pk=removed.pk).update(
        status="closed", closed_reason="cost", purged_at=november(24)
    )
    keys = {
        consult: consult.appointments.values_list("pk", flat=True).first() or 1
        for consult in (removed, empty)
    }
    for consult, key in ((without, 1), *keys.items()):
        assert client.get(url("calendar", consult, key)).status_code == 404
