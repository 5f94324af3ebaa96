"""The appointment on the page of its request: what stands, and what can be done."""

from typing import NamedTuple

from django.utils import timezone

from consults import workflow
from consults.enums import AppointmentState, Status
from consults.models import Appointment
from consults.workflow.appointments import EARLY, MAY_STILL_COME

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

    @property
    def is_planned(self):
        """Whether nobody said yet what became of it."""
        return self.appointment.is_planned

    @property
    def offers_came(self):
        """Whether somebody may say that they came, also after all."""
        return self.may_have_come and self._is(AppointmentState.PLANNED, AppointmentState.NO_SHOW)

    @property
    def offers_no_show(self):
        """Whether somebody may say that nobody came, also after all."""
        return self.has_begun and (self.is_planned or self.waits_for_record)

    @property
    def waits_for_record(self):
        """Whether they came, and nobody put them on record."""
        return self._is(AppointmentState.CAME) and self.appointment.consult.status == Status.BOOKED

    def _is(self, *states):
        return self.appointment.state in states


def card_of(consult, typed=None) -> dict:
    """Return, for the page of a request, its appointment and the form for it; nothing before it is booked.

    ``typed`` is what somebody filled in and could not send.
    """
    if consult.status not in MAY_STILL_COME:
        return {}
    appointment = workflow.latest_appointment(consult)
    shown = {"appointment": card_for(consult, appointment) if appointment else None}
    planned = appointment if appointment and appointment.is_planned else None
    has_come = appointment is not None and appointment.state == AppointmentState.CAME
    needs_time = consult.status == Status.BOOKED and not planned and not has_come
    if planned or needs_time:
        initial = {**(typed.dict() if typed else {}), "version": consult.version}
        shown["appointment_form"] = AppointmentForm(consult=consult, planned=planned, initial=initial)
    return {**shown, "needs_time": needs_time}


def card_for(consult, appointment) -> Card:
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
    )
