"""What the desk does to an appointment. Whoever comes from the list of the day goes back to it."""

from django.shortcuts import redirect

from consults import workflow
from consults.enums import Status
from consults.triage.detail.actions import ActionView
from consults.workflow.appointments import may_come, may_miss

from .filters import list_in
from .forms import AppointmentForm, MeantForm


class AppointmentAction(ActionView):
    """A change of one appointment, the one that the page or the list showed with the button."""

    form_class = MeantForm

    def post(self, request, pk):
        """Make the change; from the list of appointments, it leads back there."""
        response = super().post(request, pk)
        back = list_in(request)
        return redirect(back) if back and response.status_code == 302 else response

    def is_possible(self, consult):
        """Whether the one that was pressed still stands, and allows it."""
        last = workflow.latest_appointment(consult)
        is_meant = last is not None and self.request.POST.get("appointment") == str(last.pk)
        return is_meant and self.is_open_to(consult, last)

    def is_open_to(self, consult, last):
        """Whether nobody said yet what became of it."""
        return last.is_planned


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

    def is_open_to(self, consult, last):
        """Also after all."""
        return may_come(consult, last)


class NoShowView(AppointmentAction):
    """Nobody came."""

    title = "Note that they did not come"
    change = workflow.note_no_show

    def is_open_to(self, consult, last):
        """Also after all, until they are on record."""
        return may_miss(consult, last)


class PutOnRecordView(ActionView):
    """The clinic's record has it."""

    title = "Put them on record"
    change = workflow.put_on_record

    def is_possible(self, consult):
        """Whether it is booked still."""
        return consult.status == Status.BOOKED
