"""The appointment on the page of its request: what stands, and what can be done."""

from typing import NamedTuple

from django.utils import timezone

from consults import workflow
from consults.enums import AppointmentState, Status
from consults.models import Appointment
from consults.workflow.appointments import EARLY, MAY_STILL_COME, may_come, may_miss

from .calendar import files_of
from .forms import AppointmentForm
from .words import details_in_words, own_clock_in_words, when_in_words


class Card(NamedTuple):
    """An appointment as its page shows it, and which buttons go with it."""

    appointment: Appointment
    when: str
    own_clock: str
    details: str
    has_begun: bool
    may_have_come: bool
    # Of one that another one of the same request came after, nobody says anything any more.
    is_last: bool

    @property
    def is_planned(self):
        """Whether nobody said yet what became of it."""
        return self.appointment.is_planned

    @property
    def offers_came(self):
        """Whether somebody may say that they came, also after all."""
        return self.is_last and self.may_have_come and may_come(self.appointment.consult, self.appointment)

    @property
    def offers_no_show(self):
        """Whether somebody may say that nobody came, also after all."""
        return self.is_last and self.has_begun and may_miss(self.appointment.consult, self.appointment)

    @property
    def waits_for_record(self):
        """Whether they came, and nobody put them on record."""
        came = self.appointment.state == AppointmentState.CAME
        return came and self.appointment.consult.status == Status.BOOKED


def card_of(consult, typed=None) -> dict:
    """Return, for the page of a request, its appointment, the form for it and the files for calendars.

    Before it is booked there is nothing, and once it ended there are files alone. ``typed`` is what somebody
    filled in and could not send.
    """
    standing = list(workflow.standing_appointments(consult))
    files = files_of(consult, standing)
    if consult.status not in MAY_STILL_COME:
        return {"calendar_files": files}
    appointment = standing[-1] if standing else None
    shown = {
        "appointment": card_for(consult, appointment) if appointment else None,
        "calendar_files": files,
    }
    planned = appointment if appointment and appointment.is_planned else None
    has_come = appointment is not None and appointment.state == AppointmentState.CAME
    needs_time = consult.status == Status.BOOKED and not planned and not has_come
    if planned or needs_time:
        initial = {**(typed.dict() if typed else {}), "version": consult.version}
        shown["appointment_form"] = AppointmentForm(consult=consult, planned=planned, initial=initial)
    return {**shown, "needs_time": needs_time}


def card_for(consult, appointment, *, is_last=True) -> Card:
    """Return what a page shows of an appointment."""
    now = timezone.now()
    # Without asking for it again.
    appointment.consult = consult
    return Card(
        appointment,
        when=when_in_words(appointment),
        own_clock=own_clock_in_words(appointment),
        details=details_in_words(appointment),
        has_begun=appointment.starts_at <= now,
        may_have_come=appointment.starts_at - EARLY <= now,
        is_last=is_last,
    )
