"""Rows for the reports: requests as the form sends them, and appointments, brought to a state by hand."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from consults.enums import CLOSED_STATUSES, UNCLAIMED_STATUSES, AppointmentState, Status
from consults.models import Appointment, ConsultRequest
from consults.reports.periods import Period
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

DENVER = ZoneInfo("America/Denver")
# A Thursday; the 30 days begin on Wednesday, 28 October, the 90 days on 29 August.
NOW = datetime(2026, 11, 26, 19, 0, tzinfo=UTC)
MONTH = Period(date(2026, 10, 28), NOW.date(), DENVER)


def at(day, clock="10:00", month=11):
    """Return a moment on the clinic's clock."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, month, day, hour, minute, tzinfo=DENVER)


def add(number=1, *, created_at=None, status=Status.NEW, typed=None, **columns):
    """Store requests with these columns; the rest is what the state needs."""
    needed = {"next_action_at": None if status in (*CLOSED_STATUSES, Status.QUARANTINE) else NOW}
    if status not in UNCLAIMED_STATUSES:
        needed["assignee"] = UserFactory()
    if status == Status.CLOSED:
        needed["closed_reason"] = "cost"
    for _ in range(number):
        pk = make_consult(**(typed or {})).pk
        values = {"created_at": created_at or at(24), "status": status, **needed, **columns}
        ConsultRequest.objects.filter(pk=pk).update(**values)


def agree(number=1, *, starts_at, state=AppointmentState.PLANNED, status=Status.BOOKED, **columns):
    """Store appointments that became this, each of a request of its own with these columns."""
    for _ in range(number):
        add(1, status=status, **columns)
        consult = ConsultRequest.objects.latest("pk")
        event = consult.timeline.create(action="book")
        ended_in = None if state == AppointmentState.PLANNED else event
        Appointment.objects.create(
            consult=consult, starts_at=starts_at, state=state, made_in=event, ended_in=ended_in
        )
