"""The rows of appointments, which follow what happens to their request. Nothing is judged here.

``change`` and ``undo`` call these so that the rows keep in step, the outcomes where *Booked* has a time, and
``workflow.appointments``, which has the verbs of the desk, after it judged whether it may be.
"""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from consults.enums import OFF_STATES, AppointmentState, Status
from consults.models import Appointment, ConsultRequest, TimelineEvent
from consults.workflow.errors import StillToSay

# Elsewhere no appointment is planned: whoever is on record is seen all the same.
STANDS_WHILE = [Status.BOOKED, Status.CONVERTED]


def planned_of(consult: ConsultRequest) -> Appointment | None:
    """Return the appointment of a request of which nobody said yet what became of it."""
    return consult.appointments.planned().first()


def planned_after(consult: ConsultRequest, now: datetime) -> datetime | None:
    """Return when the planned appointment is, if it is still to come at an aware moment."""
    planned = planned_of(consult) if consult.status in STANDS_WHILE else None
    return planned.starts_at if planned and planned.starts_at > now else None


def refuse_unsettled(planned: Appointment | None) -> None:
    """Raise StillToSay where an appointment is over, to its last minute, and nobody said what became of it.

    Another time in its place would say that it was moved, whether or not the person came.
    """
    if planned and planned.starts_at + timedelta(minutes=planned.minutes) <= timezone.now():
        raise StillToSay


def plan(consult: ConsultRequest, event: TimelineEvent, **agreed: object) -> Appointment:
    """Add an appointment that an event made."""
    return Appointment.objects.create(consult=consult, made_in=event, **agreed)


def replace(planned: Appointment, event: TimelineEvent, **agreed: object) -> Appointment:
    """Put another time, or something else that is right now, in the place of a planned appointment."""
    stands = {name: getattr(planned, name) for name in ("minutes", "location", "with_whom", "manner")}
    is_moved = agreed.get("starts_at", planned.starts_at) != planned.starts_at
    end(planned, event, AppointmentState.MOVED if is_moved else AppointmentState.CORRECTED)
    return plan(
        planned.consult,
        event,
        **{"starts_at": planned.starts_at, **stands, **agreed},
        instead_of=planned,
        calendar_id=planned.calendar_id,
        revision=planned.revision + 1,
    )


def end(appointment: Appointment, event: TimelineEvent, state: str) -> None:
    """Say what became of an appointment, and by which event; or say otherwise than before.

    Off, and on again, are each one change further for the calendars that have it.
    """
    if (appointment.state in OFF_STATES) != (state in OFF_STATES):
        appointment.revision += 1
    appointment.state, appointment.ended_in = AppointmentState(state), event
    appointment.save(update_fields=["state", "ended_in", "revision"])


def plan_booked(consult: ConsultRequest, event: TimelineEvent, starts_at: datetime) -> None:
    """Make the appointment that somebody booked on the phone, or move the one there is."""
    planned = planned_of(consult)
    if planned is None:
        plan(consult, event, starts_at=starts_at, location=consult.location)
    elif planned.starts_at != starts_at:
        replace(planned, event, starts_at=starts_at)


def keep_in_step(consult: ConsultRequest, event: TimelineEvent, now: datetime) -> None:
    """End the planned appointment of a request that an event moved on.

    Whoever goes on record after its time has come to it. Before its time it stays planned: the clinic still
    sees them.
    """
    planned = None if consult.status == Status.BOOKED else planned_of(consult)
    if planned is None:
        return
    if consult.status != Status.CONVERTED:
        end(planned, event, AppointmentState.CANCELLED)
    elif planned.starts_at <= now:
        end(planned, event, AppointmentState.CAME)


def take_back(event: TimelineEvent) -> None:
    """Undo what an event did to appointments: what it made is gone, what it ended is planned again."""
    Appointment.objects.filter(made_in=event).delete()
    # A calendar ignores what is older than what it has. The time moved to was one revision later, and so is
    # what was cancelled: two are newer than both.
    Appointment.objects.filter(ended_in=event).update(
        state=AppointmentState.PLANNED, ended_in=None, revision=F("revision") + 2
    )
