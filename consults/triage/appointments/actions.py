"""What the desk does to an appointment. Whoever comes from the list of the day goes back to it."""

from django.shortcuts import redirect

from consults import workflow
from consults.enums import Status
from consults.triage.detail.actions import ActionView

from .filters import list_in
from .forms import AppointmentForm


class AppointmentAction(ActionView):
    """A change of an appointment, as the page or the list showed it."""

    def post(self, request, pk):
        """Make the change; from the list of appointments, it leads back there."""
        response = super().post(request, pk)
        back = list_in(request)
        return redirect(back) if back and response.status_code == 302 else response

    def is_possible(self, consult):
        """Whether there is a planned one still."""
        return workflow.planned_of(consult) is not None


class AppointmentFormAction(AppointmentAction):
    """One that asks for a time."""

    form_name = "appointment_form"

    def get_form(self, data, consult):
        """Judge the time by the place it is for."""
        return AppointmentForm(data, consult=consult, planned=workflow.planned_of(consult))


class MakeView(AppointmentFormAction):
    """Giving a booked request its time."""

    title = "Keep the time of the appointment"
    change = workflow.make_appointment

    def is_possible(self, consult):
        """Whether it is booked, and has no time yet."""
        return consult.status == Status.BOOKED and workflow.planned_of(consult) is None


class ChangeView(AppointmentFormAction):
    """Another time, or something else that was agreed."""

    title = "Move or correct the appointment"
    change = workflow.change_appointment


class CancelView(AppointmentAction):
    """It is off."""

    title = "Cancel the appointment"
    change = workflow.cancel_appointment


class CameView(AppointmentAction):
    """They came."""

    title = "Note that they came"
    change = workflow.note_came


class NoShowView(AppointmentAction):
    """Nobody came."""

    title = "Note that they did not come"
    change = workflow.note_no_show


class PutOnRecordView(ActionView):
    """The clinic's record has it."""

    title = "Mark it as handed over"
    change = workflow.put_on_record

    def is_possible(self, consult):
        """Whether it is booked still."""
        return consult.status == Status.BOOKED
