"""Appointments of the release before, which may still run during an upgrade and knows of no such rows.

What it booked has none, what it ended leaves one as planned, and what it moved leaves one at its old time.
The worker puts all right, as if this release had done it; once the other has stopped, there is nothing to
find.
"""

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery

from consults.enums import AppointmentState, Outcome, Status, TimelineAction
from consults.models import Appointment, ConsultRequest, TimelineEvent
from consults.workflow.transitions.planned import STANDS_WHILE, keep_in_step, plan, plan_booked

# So many at once; the next round goes on.
BATCH = 200
# What a time may be agreed with beside a booking.
AGREEING_ELSE = [Outcome.CALL_BACK, Outcome.ANSWERED, Outcome.CLINICIAN]


def follow_release_before() -> int:
    """Add the appointments that are missing, move and end what it moved and ended; return how many.

    Raises django.db.Error.
    """
    added = sum(_mend(consult, _without_row(), _add) for consult in _without_row()[:BATCH])
    moved = sum(_mend(consult, _moved(), _move) for consult in _moved()[:BATCH])
    ended = sum(_mend(consult, _left_behind(), _end) for consult in _left_behind()[:BATCH])
    return added + moved + ended


def _without_row():
    """Return what is booked for a time, and nothing planned stands for it.

    Where something else was agreed on since, that is what the column holds, also once somebody confirmed the
    booking; then the page asks for the time. Whoever came waits to be put on record.
    """
    booking = Q(outcome=Outcome.BOOKED) & ~Q(from_status=Status.BOOKED)
    agreeing = TimelineEvent.objects.filter(booking | Q(outcome__in=AGREEING_ELSE), consult=OuterRef("pk"))
    agreeing = agreeing.order_by("-pk")
    is_over = Q(appointment_state__in=[AppointmentState.CANCELLED, AppointmentState.NO_SHOW])
    booked = ConsultRequest.objects.filter(status=Status.BOOKED, agreed_at__isnull=False).with_appointment()
    booked = booked.annotate(
        agreed_by=Subquery(agreeing.values("outcome")[:1]), agreed_in=Subquery(agreeing.values("pk")[:1])
    )
    return booked.filter(Q(appointment_state=None) | is_over, agreed_by=Outcome.BOOKED).order_by("pk")


def _moved():
    """Return what was booked again, for another time than its appointment has.

    Where something else was agreed on while it was booked, the column may hold that, and nobody can tell.
    """
    while_booked = TimelineEvent.objects.filter(
        consult=OuterRef("consult"), action=TimelineAction.ATTEMPT, from_status=Status.BOOKED
    )
    again = while_booked.filter(outcome=Outcome.BOOKED, pk__gt=OuterRef("made_in"))
    planned = Appointment.objects.planned().filter(
        ~Q(starts_at=F("consult__agreed_at")),
        Exists(again),
        ~Exists(while_booked.filter(outcome__in=AGREEING_ELSE)),
        consult__status=Status.BOOKED,
        consult__agreed_at__isnull=False,
    )
    return ConsultRequest.objects.filter(pk__in=planned.values("consult")).order_by("pk")


def _left_behind():
    """Return what still has a planned appointment and was moved on since, or went on record after it."""
    leaving = (
        TimelineEvent.objects.filter(consult=OuterRef("pk"), from_status__in=STANDS_WHILE)
        .exclude(to_status=F("from_status"))
        .order_by("-pk")
    )
    planned = Appointment.objects.planned().filter(
        ~Q(consult__status__in=STANDS_WHILE)
        | Q(consult__status=Status.CONVERTED, consult__closed_at__gte=F("starts_at"))
    )
    requests = ConsultRequest.objects.filter(pk__in=planned.values("consult"))
    return requests.annotate(left_in=Subquery(leaving.values("pk")[:1])).exclude(left_in=None).order_by("pk")


@transaction.atomic
def _mend(consult, found, do):
    """Do it to one that nobody changes meanwhile, if it still is as it was found."""
    list(ConsultRequest.objects.select_for_update().filter(pk=consult.pk).values_list("pk"))
    same = found.filter(pk=consult.pk).first()
    if same is None:
        return 0
    do(same)
    return 1


def _add(consult):
    event = TimelineEvent.objects.get(pk=consult.agreed_in)
    plan(consult, event, starts_at=consult.agreed_at, location=consult.location)


def _move(consult):
    again = consult.timeline.filter(action=TimelineAction.ATTEMPT, outcome=Outcome.BOOKED).order_by("pk")
    plan_booked(consult, again.last(), consult.agreed_at)


def _end(consult):
    event = TimelineEvent.objects.get(pk=consult.left_in)
    keep_in_step(consult, event, event.at)
