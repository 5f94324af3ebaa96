"""The appointment on the page of its request: asked for, moved, off, kept or missed, and told of later."""

import html
import re
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.users.models import UserProfile

from clinic.core.facts import Location, default_facts, write_facts
from consults import audit, workflow
from consults.enums import Status
from consults.models import Appointment, AuditEvent, ConsultNote, ConsultRequest
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

from .conftest import TIME, booked, hours, november, pressed, url

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FIELDS = {"minutes": "60", "manner": "in_person", "with_whom": "", "location": ""}
BOOK_ANYWAY = 'name="off_hours"'
NEW_YORK = ZoneInfo("America/New_York")


def words(response):
    """Return what a page says, on one line."""
    text = re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(style|script).*?</\1>", " ", response.content.decode()))
    return re.sub(r"\s+", " ", html.unescape(text)).replace("\xa0", " ").replace(" ,", ",")


def send(client, door, consult, **values):
    return client.post(url(door, consult), pressed(consult, **values))


def make(client, consult, when, **values):
    """Give a request its time, as the card does."""
    return send(client, "make_appointment", consult, starts_at=when, **{**FIELDS, **values})


def change(client, consult, when, **values):
    return send(client, "change_appointment", consult, starts_at=when, **{**FIELDS, **values})


def stored():
    """Return whatever a change could touch."""
    events = AuditEvent.objects.exclude(action__in=["view", "list"]).count()
    return (
        [{**row, "seen_at": None} for row in ConsultRequest.objects.order_by("pk").values()],
        list(Appointment.objects.order_by("pk").values()),
        list(ConsultNote.objects.values()),
        events,
    )


# --- what the page shows ----------------------------------------------------------------------------


def test_there_is_no_card_before_somebody_is_booked(client, desk):
    consult = make_consult(claimed_by=desk)
    assert "The appointment" not in words(client.get(url("detail", consult)))


def test_the_page_says_what_is_agreed(client, desk):
    said = words(client.get(url("detail", booked(desk))))
    assert "Thursday, November 26, 2026 at 2 pm (Mountain time) 60 minutes, in person" in said
    assert "They came" not in said


def test_the_page_asks_for_a_time_that_is_missing(client, desk):
    consult = booked(desk, None)
    page = client.get(url("detail", consult))
    assert "No time is kept yet. When is it?" in words(page)
    assert make(client, consult, "2026-11-26T14:00", with_whom=str(desk.pk)).status_code == 302
    appointment = consult.appointments.get()
    assert (appointment.starts_at, appointment.with_whom) == (TIME, desk)
    assert "60 minutes, in person, with robin" in words(client.get(url("detail", consult)))


def test_what_was_done_is_said(client, desk):
    consult = booked(desk, None)
    said = words(
        client.post(
            url("make_appointment", consult),
            {"version": 2, "starts_at": "2026-11-26T14:00", **FIELDS},
            follow=True,
        )
    )
    assert f"{consult}: Consultation booked. The appointment stands. Agreed for Thursday at 2 pm" in said


def test_the_outcome_makes_the_appointment(client, desk):
    consult = make_consult()
    send(client, "outcome", consult, outcome="booked", again_at="2026-11-26T14:00")
    assert consult.appointments.get().starts_at == TIME


def test_a_note_goes_along_with_every_button(client, desk, later):
    consult = booked(desk)
    change(client, consult, "2026-11-26T15:00", text="Asked for an hour later.")
    later(TIME + timedelta(hours=1))
    send(client, "came", consult, text="Came by bus.")
    assert consult.notes.count() == 2


def test_each_button_leads_on(client, desk, later):
    consult = booked(desk)
    later(TIME + timedelta(minutes=5))
    page = words(client.get(url("detail", consult)))
    assert "They came" in page
    assert "Did not come" in page
    said = words(client.post(url("no_show", consult), pressed(consult), follow=True))
    assert f"{consult}: Contacted. They did not come: call them." in said
    assert "did not come today at 2 pm" in said
    assert "They came after all" in said
    said = words(client.post(url("came", consult), pressed(consult), follow=True))
    assert "print the sheet for the record, then say that they are on record" in said
    assert "they came: put them on record" in said
    consult.refresh_from_db()
    said = words(client.post(url("put_on_record", consult), {"version": consult.version}, follow=True))
    assert f"{consult}: On record." in said


def test_after_one_that_came_to_nothing_the_next_one_is_asked_for(client, desk):
    consult = booked(desk)
    send(client, "cancel_appointment", consult)
    consult.refresh_from_db()
    assert (consult.status, workflow.planned_of(consult)) == (Status.REACHED, None)
    send(client, "outcome", consult, outcome="booked")
    assert "No time is kept yet" in words(client.get(url("detail", consult)))
    make(client, consult, "2026-11-26T15:00")
    assert [a.state for a in consult.appointments.order_by("pk")] == ["cancelled", "planned"]


def test_the_timeline_keeps_every_earlier_time(client, desk, later):
    consult = booked(desk)
    change(client, consult, "2026-11-25T11:00", minutes="30")
    change(client, consult, "2026-11-25T11:00", minutes="45", manner="phone")
    later(november(25, 11))
    send(client, "no_show", consult)
    said = words(client.get(url("detail", consult))).partition("What happened")[2]
    first = "Thursday, November 26, 2026 at 2 pm (Mountain time), 60 minutes, in person"
    second = "Wednesday, November 25, 2026 at 11 am (Mountain time)"
    for told in (
        f"Tried to reach: Reached: booked, {first}",
        f"Appointment moved, from {first} to {second}, 30 minutes, in person",
        f"Appointment corrected, from {second}, 30 minutes, in person to {second}, 45 minutes, by phone",
        f"Did not come to the appointment, {second}",
    ):
        assert told in said


def test_the_desk_says_what_an_appointment_asks_for(client, desk, later):
    without, called = booked(desk, None), booked(desk)
    workflow.record_outcome(
        called, actor=desk, version=called.version, outcome="call_back", again_at=november(25, 11)
    )
    later(november(25, 11, 30))
    said = words(client.get("/admin/requests/"))
    assert f"{without.reference} Call Show name and contact of {without.reference}" in said
    assert "booked, and no time is kept" in said
    assert "call back agreed for 11 am; appointment tomorrow at 2 pm" in said


def test_a_closed_request_tells_that_its_appointment_is_off(client, desk):
    consult = booked(desk)
    client.get(url("detail", consult))
    send(client, "status", consult, status="closed", reason="elsewhere")
    said = words(client.get(url("detail", consult)))
    assert "the appointment of Thursday, November 26, 2026 at 2 pm (Mountain time) is off" in said


def test_once_the_contents_are_gone_no_time_is_told(client, desk):
    consult = booked(desk)
    ConsultRequest.objects.filter(pk=consult.pk).update(status="closed", closed_reason="cost", purged_at=TIME)
    assert "2 pm" not in words(client.get(url("detail", consult)))


def test_somebody_elsewhere_sees_their_own_clock_too(client, desk):
    profile = UserProfile.get_for_user(desk)
    profile.current_time_zone = "America/New_York"
    profile.save()
    assert "at 2 pm (Mountain time), 4 pm by your clock" in words(client.get(url("detail", booked(desk))))


def test_the_page_asks_as_often_with_many_appointments(client, desk):
    few, many = booked(desk), booked(desk)
    for hour in range(30):
        when = november(26, 14) + timedelta(minutes=hour)
        planned = workflow.planned_of(many)
        workflow.change_appointment(
            many,
            actor=desk,
            version=many.version,
            starts_at=when + timedelta(minutes=1),
            minutes=60,
            location=planned.location,
            with_whom=desk,
            manner="in_person",
        )
    counts = []
    client.get(url("detail", few))
    for consult in (few, many):
        with CaptureQueriesContext(connection) as queries:
            client.get(url("detail", consult))
        counts.append(len(queries))
    # With whom is brought along with the appointment.
    assert counts[0] >= counts[1] - 1


# --- what can't be ----------------------------------------------------------------------------------

REFUSED = {
    "2026-11-24T09:59": "That time is over. Choose one that is still to come.",
    "2027-03-01T10:00": "Choose a time within 60 days.",
    "9999-12-31T23:59": "Choose a time within 60 days.",
    "0001-01-01T00:00": "That time is over.",
    "yesterday": "Enter a date and a time.",
    "": "Choose day and time.",
    "2026-11-26T14:00" * 50: "Enter a date and a time.",
    "2026-11-28T10:00": "On Saturday, November 28, the clinic is closed. Tick",
    "2026-11-27T10:00": "On Friday, November 27, the clinic is closed (Day after Thanksgiving). Tick",
    "2026-11-26T16:30": "On Thursday, November 26, the clinic is open 9:00 am – 5:00 pm. Tick",
    "2026-11-26T03:00": "On Thursday, November 26, the clinic is open 9:00 am – 5:00 pm. Tick",
}


@pytest.mark.parametrize("when", REFUSED)
@pytest.mark.parametrize("door", ["make_appointment", "change_appointment"])
def test_a_time_that_can_not_be_is_refused_in_words_and_changes_nothing(client, desk, door, when):
    consult = booked(desk, None if door == "make_appointment" else TIME)
    before = stored()
    typed = {"starts_at": when, **FIELDS, "minutes": "90", "text": "Prefers <b>mornings</b>."}
    response = send(client, door, consult, **typed)
    assert response.status_code == 422
    assert REFUSED[when] in words(response)
    assert stored() == before
    page = response.content.decode()
    assert "Prefers &lt;b&gt;mornings&lt;/b&gt;." in page
    assert '<option value="90" selected>' in page
    assert (BOOK_ANYWAY in page) == ("Tick" in REFUSED[when])


@pytest.mark.parametrize("when", [when for when, said in REFUSED.items() if "Tick" in said])
def test_a_closed_hour_can_be_meant(client, desk, when):
    consult = booked(desk, None)
    assert make(client, consult, when, off_hours="yes").status_code == 302
    assert consult.appointments.count() == 1


def test_what_stays_as_it_is_is_not_judged_again(client, desk, later):
    consult = booked(desk)
    later(TIME + timedelta(hours=3))
    assert change(client, consult, "2026-11-26T14:00", minutes="30").status_code == 302
    assert workflow.planned_of(consult).minutes == 30


def test_a_closed_hour_is_asked_about_whatever_of_it_changes(client, desk, two_places):
    """The time stays: it is the length, or the place, that no longer fits."""
    late = november(26, 15, 45)
    consult = booked(desk, late)
    agreed = {"location": "north", "when": "2026-11-26T15:45"}
    assert change(client, consult, **agreed).status_code == 302
    for other in ({"minutes": "90"}, {"location": "east", "when": "2026-11-26T17:45"}):
        before = stored()
        response = change(client, consult, **{**agreed, **other})
        assert response.status_code == 422
        assert "is open 9:00 am – 5:00 pm. Tick" in words(response)
        assert BOOK_ANYWAY in response.content.decode()
        assert stored() == before
    assert change(client, consult, **agreed, minutes="90", off_hours="yes").status_code == 302
    # Taken once, it is not asked again for what it doesn't depend on.
    assert change(client, consult, **agreed, minutes="90", with_whom=str(desk.pk)).status_code == 302


def test_a_place_in_the_same_zone_that_is_closed_is_asked_about(client, desk):
    shut = replace(hours(), week={day: hours().week[day] for day in (0, 1)})
    places = [Location("north", "North", hours()), Location("south", "South", shut)]
    write_facts(replace(default_facts(), hours=hours(), locations=places))
    consult = booked(desk, location="north")
    response = change(client, consult, "2026-11-26T14:00", location="south")
    assert response.status_code == 422
    assert "On Thursday, November 26, South is closed. Tick" in words(response)
    assert change(client, consult, "2026-11-26T14:00", location="north").status_code == 302


@pytest.mark.parametrize(
    ("minutes", "place", "when", "is_asked"),
    [
        # By the clinic's clock, in which the one at the desk reads.
        (120, "north", "2026-11-26T15:30", True),
        (120, "north", "2026-11-26T15:00", False),
        (60, "east", "2026-11-26T14:30", True),
        (60, "east", "2026-11-26T14:00", False),
        (30, "north", "2026-11-26T16:30", False),
    ],
)
def test_an_outcome_asks_by_the_place_and_the_length_that_are_planned(
    client, desk, two_places, minutes, place, when, is_asked
):
    consult = booked(desk, location="north")
    Appointment.objects.update(minutes=minutes, location=place)
    response = send(client, "outcome", consult, outcome="booked", again_at=when)
    assert ("Tick" in words(response)) == is_asked
    assert response.status_code == (422 if is_asked else 302)
    if is_asked:
        send(client, "outcome", consult, outcome="booked", again_at=when, off_hours="yes")
    assert f"{timezone.localtime(workflow.planned_of(consult).starts_at):%H:%M}" == when[-5:]
    assert workflow.planned_of(consult).minutes == minutes


def test_an_outcome_does_not_ask_about_the_time_that_stands(client, desk):
    consult = booked(desk, november(28, 10))
    assert send(client, "outcome", consult, outcome="booked", again_at="2026-11-28T10:00").status_code == 302


@pytest.mark.parametrize("values", [{"outcome": "booked"}, {"outcome": "booked", "text": "Good."}])
def test_an_outcome_asks_too_before_it_books_a_closed_hour(client, desk, values):
    consult = make_consult()
    before = stored()
    response = send(client, "outcome", consult, again_at="2026-11-28T10:00", **values)
    assert response.status_code == 422
    assert "On Saturday, November 28, the clinic is closed." in words(response)
    assert stored() == before
    assert BOOK_ANYWAY in response.content.decode()
    send(client, "outcome", consult, again_at="2026-11-28T10:00", off_hours="yes", **values)
    assert consult.appointments.count() == 1


def test_a_call_back_may_be_in_a_closed_hour(client, desk):
    consult = make_consult()
    assert (
        send(client, "outcome", consult, outcome="call_back", again_at="2026-11-28T10:00").status_code == 302
    )


@pytest.mark.parametrize(
    "values",
    [
        {"minutes": "61"},
        {"minutes": "x" * 500},
        {"manner": "post"},
        {"with_whom": "9" * 40},
        {"with_whom": "0"},
    ],
)
def test_odd_details_change_nothing(client, desk, values):
    consult = booked(desk)
    before = stored()
    assert change(client, consult, "2026-11-26T15:00", **values).status_code == 422
    assert stored() == before


def test_nobody_else_of_the_site_sees_somebody(client, desk):
    consult, editor = booked(desk), UserFactory(group="Editors")
    response = change(client, consult, "2026-11-26T15:00", with_whom=str(editor.pk))
    assert "Choose somebody of the front desk." in words(response)


@pytest.mark.parametrize(("door", "moment"), [("came", november(26, 12)), ("no_show", november(26, 13, 59))])
def test_what_is_too_early_is_said(client, desk, later, door, moment):
    consult = booked(desk)
    later(moment)
    before = stored()
    response = client.post(url(door, consult), pressed(consult), follow=True)
    assert f"The appointment of {consult} is still to come, so nothing was saved." in words(response)
    assert stored() == before


# --- clocks that change -----------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["north", "east"])
def test_a_time_that_the_clocks_skip_is_refused(client, desk, two_places, later, place):
    later(datetime(2027, 3, 1, 18, tzinfo=NEW_YORK))
    consult = booked(desk, None)
    before = stored()
    response = make(client, consult, "2027-03-14T02:30", location=place)
    assert "There is no 2:30 am on March 14, 2027: the clocks go forward then. Choose another time." in words(
        response
    )
    assert stored() == before


@pytest.mark.parametrize(
    ("place", "which", "hour"), [("north", "0", 7), ("north", "1", 8), ("east", "0", 5), ("east", "1", 6)]
)
def test_of_a_time_that_comes_twice_one_is_asked_for(client, desk, two_places, later, place, which, hour):
    later(datetime(2026, 10, 20, 18, tzinfo=NEW_YORK))
    consult = booked(desk, None)
    before = stored()
    response = make(client, consult, "2026-11-01T01:30", location=place)
    assert "1:30 am comes twice on November 1, 2026, since the clocks go back. Choose which one." in words(
        response
    )
    zone = {"north": "Mountain time, M", "east": "Eastern time, E"}[place]
    assert f"The first ({zone}DT)" in words(response)
    assert f"The second ({zone}ST)" in words(response)
    assert stored() == before
    assert make(client, consult, "2026-11-01T01:30", location=place, which=which).status_code == 422
    make(client, consult, "2026-11-01T01:30", location=place, which=which, off_hours="yes")
    appointment = consult.appointments.get()
    assert f"{appointment.starts_at:%H:%M}" == f"{hour:02}:30"
    page = client.get(url("detail", consult))
    assert f"at 1:30 am ({zone}{'DS'[int(which)]}T)" in words(page)
    # What stands is what would be sent again.
    again = {"location": place, "which": which, "minutes": "30", "off_hours": "yes"}
    response = change(client, consult, "2026-11-01T01:30", **again)
    assert response.status_code == 302
    assert workflow.planned_of(consult).starts_at == appointment.starts_at


@pytest.mark.parametrize(
    ("now", "when", "said"),
    [
        ((2027, 3, 1), "2027-03-14T02:30", "There is no 2:30 am on March 14, 2027"),
        ((2026, 10, 20), "2026-11-01T01:30", "1:30 am comes twice on November 1, 2026"),
    ],
)
def test_an_outcome_says_it_too(client, desk, later, now, when, said):
    later(datetime(*now, 18, tzinfo=NEW_YORK))
    consult = make_consult()
    before = stored()
    response = send(client, "outcome", consult, outcome="booked", again_at=when, text="Kept.")
    assert response.status_code == 422
    assert said in words(response)
    assert "Kept." in words(response)
    assert stored() == before


def test_the_time_is_by_the_clock_of_the_place(client, desk, two_places):
    consult = booked(desk, None)
    make(client, consult, "2026-11-26T14:00", location="east")
    assert consult.appointments.get().starts_at == datetime(2026, 11, 26, 14, tzinfo=NEW_YORK)


def test_where_there_are_several_places_one_is_asked_for(client, desk, two_places):
    consult = booked(desk, None)
    assert "Choose where." in words(make(client, consult, "2026-11-26T14:00"))
    assert make(client, consult, "2026-11-26T14:00", location="west").status_code == 422


# --- two at once ------------------------------------------------------------------------------------


def test_whoever_is_slower_sees_what_happened_and_what_they_wanted(client, desk):
    consult, colleague = booked(desk), UserFactory(group="Front desk")
    values = pressed(consult, starts_at="2026-11-26T15:00", **FIELDS, text="At three.")
    workflow.cancel_appointment(consult, actor=colleague, version=consult.version)
    before = stored()
    response = client.post(url("change_appointment", consult), values)
    assert response.status_code == 409
    said = words(response)
    assert "Appointment cancelled, Thursday, November 26, 2026 at 2 pm" in said
    assert "Move or correct the appointment: Nov 26, 3:00 pm, 60 minutes, In person" in said
    assert "That is not possible any more, as it stands now." in said
    assert "At three." in said
    assert stored() == before
    assert audit.verify() == []


@pytest.mark.parametrize("door", ["came", "no_show", "cancel_appointment", "change_appointment"])
def test_a_button_is_for_the_appointment_it_stood_beside(client, desk, later, door):
    """It was ended behind the page, and another one came after it."""
    consult = booked(desk)
    shown = pressed(consult)["appointment"]
    workflow.cancel_appointment(consult, actor=desk, version=consult.version)
    workflow.record_outcome(
        consult, actor=desk, version=consult.version, outcome="booked", again_at=november(26, 15)
    )
    later(november(26, 15, 5))
    before = stored()
    values = {"starts_at": "2026-11-26T16:00", **FIELDS} if door == "change_appointment" else {}
    response = send(client, door, consult, appointment=shown, **values)
    assert response.url == url("detail", consult)
    said = words(client.get(response.url))
    assert f"That appointment of {consult} was changed meanwhile, or another one came after it." in said
    assert stored() == before
    # Neither does the page of a conflict do it to the other one.
    response = client.post(url(door, consult), {"version": 2, "appointment": shown, **values})
    assert response.status_code == 409
    assert "Do it all the same" not in words(response)
    assert stored() == before


@pytest.mark.parametrize("sent", [{}, {"appointment": ""}, {"appointment": "x"}, {"appointment": "9" * 300}])
@pytest.mark.parametrize("door", ["came", "change_appointment"])
def test_what_names_no_appointment_changes_none(client, desk, later, door, sent):
    consult = booked(desk)
    later(TIME + timedelta(minutes=5))
    before = stored()
    values = {"version": consult.version, "starts_at": "2026-11-26T16:00", **FIELDS, **sent}
    response = client.post(url(door, consult), values, follow=True)
    said = words(response)
    assert "Nothing was saved" in said or "which appointment is meant" in said or "whole number" in said
    assert stored() == before


def test_whoever_is_on_record_has_come(client, desk, later):
    consult = booked(desk)
    later(TIME + timedelta(minutes=5))
    send(client, "came", consult)
    send(client, "put_on_record", consult)
    assert "Did not come" not in words(client.get(url("detail", consult)))
    before = stored()
    response = client.post(url("no_show", consult), pressed(consult), follow=True)
    assert "can’t be moved there" in words(response)
    assert stored() == before


def test_whoever_may_only_look_sees_no_button_and_presses_none(client, desk, later):
    from tests.factories.users import with_only

    consult = booked(desk)
    client.force_login(with_only("Front desk", "view_consultrequest"))
    later(TIME + timedelta(minutes=1))
    assert "Did not come" not in words(client.get(url("detail", consult)))
    before = stored()[:3]
    for door in (
        "came",
        "no_show",
        "cancel_appointment",
        "put_on_record",
        "record_sheet",
        "make_appointment",
    ):
        assert client.post(url(door, consult), {"version": consult.version}).status_code == 403
    assert stored()[:3] == before
