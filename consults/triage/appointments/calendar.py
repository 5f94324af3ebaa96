"""An appointment as a file for a calendar, which says nothing of the clinic, the person or the matter."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views import View

from clinic.core.facts import read_facts
from consults import calendar_files, workflow
from consults.audited_views import FrontDeskMixin
from consults.enums import AppointmentState, AuditAction, Manner
from consults.models import ConsultRequest
from consults.replies import sensitive_terms

SUMMARIES = {Manner.IN_PERSON: "Appointment", Manner.PHONE: "A call", Manner.VIDEO: "A video call"}
OFF = (AppointmentState.CANCELLED, AppointmentState.NO_SHOW)


class CalendarView(FrontDeskMixin, View):
    """The file, to be imported or sent on. Imported again, it moves or cancels the entry that is there."""

    noted_as = AuditAction.LIST

    def get(self, request, pk):
        """Send it."""
        self.consult = get_object_or_404(ConsultRequest.objects.from_people().with_contents(), pk=pk)
        appointment = workflow.latest_appointment(self.consult)
        if appointment is None or appointment.calendar_id is None:
            raise Http404
        response = HttpResponse(file_of(appointment), content_type=calendar_files.CONTENT_TYPE)
        response["Content-Disposition"] = 'attachment; filename="appointment.ics"'
        return response

    def listed(self, response):
        """Return whose time it was."""
        return [self.consult.reference]


def file_of(appointment) -> bytes:
    """Return the file of the latest of a request's appointments."""
    is_off = appointment.state in OFF
    event = appointment.ended_in if is_off else appointment.made_in
    entry = [
        f"UID:{appointment.calendar_id}",
        # A cancelled one is one change further.
        f"SEQUENCE:{appointment.revision + is_off}",
        f"DTSTAMP:{calendar_files.moment(event.at)}",
        f"DTSTART:{calendar_files.moment(appointment.starts_at)}",
        f"DTEND:{calendar_files.moment(appointment.ends_at)}",
        f"SUMMARY:{calendar_files.text(SUMMARIES[Manner(appointment.manner)])}",
        f"STATUS:{'CANCELLED' if is_off else 'CONFIRMED'}",
        "CLASS:PRIVATE",
    ]
    if place := _place(appointment):
        entry.append(f"LOCATION:{calendar_files.text(place)}")
    return calendar_files.calendar([entry])


def _place(appointment):
    """Return where it is; not where the very name of the place would tell what is done there."""
    name = read_facts().name_of(appointment.location)
    is_there = appointment.manner == Manner.IN_PERSON and name and not sensitive_terms(name)
    return name if is_there else ""
