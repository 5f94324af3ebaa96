"""Every door of appointments, by everybody: whoever may comes in, and each visit is one event."""

from datetime import timedelta

import pytest
from django.urls import reverse

from consults import audit, workflow
from consults.models import Appointment, AuditEvent
from tests.factories.users import UserFactory

from .conftest import TIME, booked, pressed, url

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MARKER = "Markername"
ROLES = {
    "front desk": {"group": "Front desk"},
    "clinician": {"group": "Clinician"},
    "manager": {"group": "Managers"},
    "auditor": {"group": "Auditors"},
    "editor": {"group": "Editors"},
    "superuser": {"superuser": True},
}
INSIDE = ("front desk", "clinician", "manager")
# What is sent (None: it is asked for), what the audit calls it, and whether it shows contents.
DOORS = {
    "list": (None, "list", False),
    "calendar": (None, "list", False),
    "change_appointment": (
        {"starts_at": "2026-11-26T15:00", "minutes": "60", "manner": "phone", "off_hours": "yes"},
        "change",
        False,
    ),
    "cancel_appointment": ({}, "change", False),
    "came": ({}, "change", False),
    "no_show": ({}, "change", False),
    "put_on_record": ({}, "change", False),
    "record_sheet": ({}, "print", True),
}


def knock(client, door, consult):
    address = f"{reverse('consult_appointments:index')}?day=2026-11-26"
    if door != "list":
        keys = [workflow.latest_appointment(consult).pk] if door == "calendar" else []
        address = url(door, consult, *keys)
    sent = DOORS[door][0]
    return client.get(address) if sent is None else client.post(address, pressed(consult, **sent))


@pytest.fixture
def consult(tuesday):
    """One whose time has just come; made by somebody else."""
    consult = booked(UserFactory(group="Front desk"), name=MARKER)
    tuesday.move_to(TIME + timedelta(minutes=1))
    return consult


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("role", ROLES)
def test_whoever_may_comes_in_and_it_is_one_event(client, consult, role, door):
    client.force_login(user := UserFactory(**ROLES[role]))
    before, rows = AuditEvent.objects.count(), list(Appointment.objects.values())
    response = knock(client, door, consult)
    _sent, action, shows_contents = DOORS[door]
    [event] = AuditEvent.objects.order_by("seq")[before:]
    assert event.actor == user
    page = response.content.decode()
    if role in INSIDE:
        if action == "change":
            assert response.status_code == 302
            assert list(Appointment.objects.values()) != rows
        else:
            assert response.status_code == 200
        assert (event.action, event.references) == (action, consult.reference)
        assert (MARKER in page) == shows_contents
        assert "no-store" in response["Cache-Control"]
    else:
        assert (response.status_code, event.action) == (403, "denied")
        assert MARKER not in page
        assert consult.reference not in page
        assert list(Appointment.objects.values()) == rows
    assert audit.verify() == []


@pytest.mark.parametrize("door", DOORS)
def test_nobody_comes_in_unnamed(client, consult, door):
    before = AuditEvent.objects.count()
    response = knock(client, door, consult)
    assert (response.status_code, response.url.split("?")[0]) == (302, "/admin/login/")
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("door", [door for door, (sent, *_) in DOORS.items() if sent is not None])
def test_asking_changes_and_opens_nothing(client, consult, desk, door):
    rows, events = list(Appointment.objects.values()), AuditEvent.objects.count()
    response = client.get(url(door, consult))
    assert response.status_code == 405
    assert MARKER not in response.content.decode()
    assert (list(Appointment.objects.values()), AuditEvent.objects.count()) == (rows, events)


def test_the_sheet_has_all_of_it_and_one_event(client, desk):
    consult = booked(desk, name=MARKER, phone="(555) 555-0177", note="Ring <b>twice</b>.")
    workflow.add_note(consult, actor=desk, text="Asked for the ground floor.")
    before = AuditEvent.objects.count()
    page = client.post(url("record_sheet", consult)).content.decode()
    for shown in (
        MARKER,
        "(555) 555-0177",
        "Ring &lt;b&gt;twice&lt;/b&gt;.",
        "Asked for the ground floor.",
        "Thursday, November 26, 2026 at 2\xa0pm (Mountain time), 60 minutes, in person",
        consult.reference,
        "by robin; noted in the audit",
    ):
        assert shown in page
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert title == f"Sheet for the record: {consult.reference}"
    [event] = AuditEvent.objects.order_by("seq")[before:]
    assert (event.action, event.purpose) == ("print", "print")
    assert event.detail == "print: the sheet for the clinic's record, with name and contact"
    assert consult.timeline.filter(action="print").count() == 1


def test_the_sheet_leads_on_to_the_record(client, desk):
    consult = booked(desk)
    page = client.post(url("record_sheet", consult)).content.decode()
    assert f'action="{url("put_on_record", consult)}"' in page
    client.post(url("put_on_record", consult), {"version": consult.version})
    assert "They are on record" not in client.post(url("record_sheet", consult)).content.decode()


def test_a_sheet_that_can_not_be_opened_says_so(client, desk):
    consult = booked(desk, name=MARKER)
    type(consult).objects.filter(pk=consult.pk).update(envelope=b"damaged")
    response = client.post(url("record_sheet", consult))
    assert response.status_code == 500
    assert "This request can't be opened" in response.content.decode()
