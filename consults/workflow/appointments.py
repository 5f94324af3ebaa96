"""What the desk does to an appointment. Its request follows: what was agreed, and when it comes up again.

Each verb judges whether it may be, changes the request, and has ``transitions.planned`` write the rows. The
outcome *Booked* with a time makes one as well, see ``transitions.outcomes``.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from clinic.core.facts import read_facts
from consults.enums import OPEN_STATUSES, AppointmentState, Manner, Status, TimelineAction
from consults.models import Appointment, ClosureMove, ConsultRequest
from consults.models.appointments import LONGEST, USUAL_LENGTH
from consults.permissions import can_change_requests
from consults.workflow.errors import InvalidTransition, NotYet, OtherAppointment, StaleRequest
from consults.workflow.transitions.change import NOTHING, Done, change
from consults.workflow.transitions.desk import change_status
from consults.workflow.transitions.outcomes import LATEST_CALL_BACK
from consults.workflow.transitions.planned import (
    STANDS_WHILE,
    end,
    plan,
    planned_of,
    refuse_unsettled,
    replace,
)
from consults.workflow.transitions.windows import next_suitable

LATEST_APPOINTMENT = LATEST_CALL_BACK
# People come early.
EARLY = timedelta(hours=1)
# Also from a request that is on record: its appointment may still be to come.
MAY_STILL_COME = [*STANDS_WHILE, Status.REACHED]
# What a row holds beside its time where nobody has said anything: what new ones begin with.
NOTHING_SAID: dict[str, Any] = {
    "minutes": USUAL_LENGTH,
    "location": "",
    "with_whom": None,
    "manner": Manner.IN_PERSON,
    "calendar_id": None,
}


@transaction.atomic
def make_appointment(
    consult: ConsultRequest,
    *,
    actor: User,
    version: int,
    starts_at: datetime,
    minutes: int = USUAL_LENGTH,
    location: str | None = None,
    with_whom: User | None = None,
    manner: str = Manner.IN_PERSON,
) -> Done:
    """Give a booked request the time that was agreed, an aware moment within 60 days.

    ``location`` is the key of a place; without one it is the request's. Raises NotAllowed, InvalidTransition
    (it is not booked, has a time already, or the time is over or too far away), StaleRequest, AuditProblem.
    """
    _hold(consult, version)
    if consult.status != Status.BOOKED or planned_of(consult):
        raise InvalidTransition
    _refuse_time(starts_at)
    _refuse_details(minutes, manner, with_whom)
    done = _change(
        consult, actor, version, TimelineAction.BOOK, agreed_at=starts_at, next_action_at=starts_at
    )
    plan(
        consult,
        done.event,
        starts_at=starts_at,
        minutes=minutes,
        location=consult.location if location is None else location,
        with_whom=with_whom,
        manner=manner,
    )
    return done


@transaction.atomic
def change_appointment(
    consult: ConsultRequest,
    *,
    actor: User,
    version: int,
    starts_at: datetime,
    minutes: int,
    location: str,
    with_whom: User | None,
    manner: str,
    appointment: int | None = None,
) -> Done:
    """Move the planned appointment to another time, or correct what else was agreed; the earlier one stays.

    All as it is agreed now, also what stays the same. A call that was agreed beside it stays agreed, and what
    was planned before it stays planned. ``appointment`` is the key of the one that is meant; None is the one
    that stands. Raises like ``make_appointment``, OtherAppointment where another one stands, and StillToSay
    where its time is over: then somebody says first what became of it.
    """
    _hold(consult, version)
    planned = _planned(consult, appointment)
    agreed = {
        "starts_at": starts_at,
        "minutes": minutes,
        "location": location,
        "with_whom": with_whom,
        "manner": manner,
    }
    if all(getattr(planned, name) == value for name, value in agreed.items()):
        return NOTHING
    is_moved = starts_at != planned.starts_at
    if is_moved:
        _refuse_time(starts_at)
        refuse_unsettled(planned)
    # Whoever left meanwhile may still be named.
    _refuse_details(minutes, manner, None if with_whom == planned.with_whom else with_whom)
    action = TimelineAction.MOVED_APPOINTMENT if is_moved else TimelineAction.CORRECT
    columns = _after_move(consult, planned, starts_at) if is_moved else {}
    done = _change(consult, actor, version, action, **columns)
    replace(planned, done.event, **agreed)
    if location != planned.location:
        # What closed days did to the other place says nothing about this one.
        ClosureMove.objects.filter(consult=consult, is_agreed=True, fell_on=planned.starts_at).delete()
    return done


@transaction.atomic
def cancel_appointment(
    consult: ConsultRequest, *, actor: User, version: int, appointment: int | None = None
) -> Done:
    """Call the planned appointment off: somebody calls again at the next suitable time.

    ``appointment`` is the key of the one that is meant; None is the one that stands. Raises NotAllowed,
    InvalidTransition (there is none), OtherAppointment (another one stands), StaleRequest, AuditProblem.
    """
    _hold(consult, version)
    _planned(consult, appointment)
    # With the status the appointment ends as cancelled.
    return _back_to_calling(consult, actor, version, TimelineAction.CANCEL)


@transaction.atomic
def note_came(consult: ConsultRequest, *, actor: User, version: int, appointment: int | None = None) -> Done:
    """Note that the person came, also after all: what is left is to put them on record.

    Raises like ``cancel_appointment``, and NotYet where the appointment is later than in an hour.
    """
    _hold(consult, version)
    last = _meant(latest_appointment(consult), appointment)
    if not may_come(consult, last):
        raise InvalidTransition
    if timezone.now() < last.starts_at - EARLY:
        raise NotYet
    status = consult.status if consult.status in STANDS_WHILE else Status.BOOKED
    columns: dict[str, Any] = {}
    if status in OPEN_STATUSES:
        columns = {"next_action_at": timezone.now(), "agreed_at": None}
    done = change(consult, actor=actor, version=version, action=TimelineAction.CAME, status=status, **columns)
    end(last, done.event, AppointmentState.CAME)
    return done


@transaction.atomic
def note_no_show(
    consult: ConsultRequest, *, actor: User, version: int, appointment: int | None = None
) -> Done:
    """Note that nobody came, also where it was noted otherwise: somebody calls at the next suitable time.

    Raises like ``cancel_appointment``, and NotYet before the appointment.
    """
    _hold(consult, version)
    last = _meant(latest_appointment(consult), appointment)
    if not may_miss(consult, last):
        raise InvalidTransition
    if timezone.now() < last.starts_at:
        raise NotYet
    done = _back_to_calling(consult, actor, version, TimelineAction.NO_SHOW)
    end(last, done.event, AppointmentState.NO_SHOW)
    return done


def put_on_record(consult: ConsultRequest, *, actor: User, version: int) -> Done:
    """Note that the clinic's own record has the person now. Raises like ``change_status``.

    A planned appointment whose time has come counts as kept; one that is still to come stays planned.
    """
    return change_status(consult, actor=actor, version=version, status=Status.CONVERTED)


def latest_appointment(consult: ConsultRequest) -> Appointment | None:
    """Return what stands of the appointments of a request: the planned one, or what became of the last."""
    return standing_appointments(consult).last()


def standing_appointments(consult: ConsultRequest) -> QuerySet[Appointment]:
    """Return what stands of all appointments of a request, the last one at the end."""
    return consult.appointments.standing().select_related("with_whom").order_by("pk")


def may_come(consult: ConsultRequest, last: Appointment) -> bool:
    """Whether somebody may say of the last appointment that the person came, also after all."""
    may_have = last.state in (AppointmentState.PLANNED, AppointmentState.NO_SHOW)
    return may_have and consult.status in MAY_STILL_COME


def may_miss(consult: ConsultRequest, last: Appointment) -> bool:
    """Whether somebody may say of the last appointment that nobody came.

    Of whoever came they may as long as nobody put them on record: that ends it.
    """
    if last.state == AppointmentState.CAME:
        return consult.status == Status.BOOKED
    return last.is_planned and consult.status in MAY_STILL_COME


def leave_days(consult: ConsultRequest) -> None:
    """Leave of the appointments of a request what figures need: the day of each, and what became of it.

    It stays the same day by the clock of its place and by the clinic's, which the reports go by: the moment
    that is left is when the later of the two began. Call it where the contents are removed.
    """
    facts = read_facts()
    for appointment in consult.appointments.all():
        clocks = (facts.hours_of(appointment.location), facts.hours)
        appointment.starts_at = max(_day_begins(appointment.starts_at, clock) for clock in clocks)
        for name, nothing in NOTHING_SAID.items():
            setattr(appointment, name, nothing)
        appointment.save(update_fields=["starts_at", *NOTHING_SAID])


def _day_begins(moment, hours):
    return hours.local(moment).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def _hold(consult, version):
    """Refuse an old version, and let nobody change the request until its appointments were looked at."""
    same = ConsultRequest.objects.select_for_update().filter(pk=consult.pk, version=version)
    if consult.version != version or not same.values_list("pk").first():
        raise StaleRequest


def _planned(consult, key):
    planned = planned_of(consult) if consult.status in STANDS_WHILE else None
    return _meant(planned, key)


def _meant(appointment, key):
    """Return the appointment that stands, if there is one and it is the one that somebody pressed."""
    if appointment is not None and key in (None, appointment.pk):
        return appointment
    raise InvalidTransition if key is None else OtherAppointment


def _refuse_time(starts_at):
    now = timezone.now()
    if not now < starts_at <= now + LATEST_APPOINTMENT:
        raise InvalidTransition


def _refuse_details(minutes, manner, with_whom=None):
    if not 1 <= minutes <= LONGEST or manner not in Manner.values:
        raise InvalidTransition
    if with_whom and not can_change_requests(with_whom):
        raise InvalidTransition


def _after_move(consult, planned, starts_at):
    """Return what is agreed and when it comes up, once an appointment is at another time.

    Another time than the appointment's is one of a call, or of what somebody planned before it.
    """
    now = timezone.now()
    apart = [
        moment if moment and moment > now and moment != planned.starts_at else None
        for moment in (consult.agreed_at, consult.next_action_at)
    ]
    return {
        "agreed_at": apart[0] or starts_at,
        "next_action_at": min(filter(None, [starts_at, *apart])),
    }


def _change(consult, actor, version, action, **columns):
    """Write what is agreed now, where the request is still open."""
    columns = columns if consult.is_open else {}
    return change(
        consult, actor=actor, version=version, action=action, assignee=consult.assignee or actor, **columns
    )


def _back_to_calling(consult, actor, version, action):
    hours = read_facts().hours_of(consult.location)
    zone = consult.time_zone or hours.zone
    again = next_suitable(hours, timezone.now(), best_times=consult.best_times, zone=zone)
    return change(
        consult,
        actor=actor,
        version=version,
        action=action,
        status=Status.REACHED,
        agreed_at=None,
        next_action_at=again,
    )
