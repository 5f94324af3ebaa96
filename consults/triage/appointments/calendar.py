"""An appointment as a file for a calendar, which says nothing of the clinic, the person or the matter."""

from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views import View

from clinic.core.facts import read_facts
from consults import audit, calendar_files, workflow
from consults.audited_views import FrontDeskMixin
from consults.enums import OFF_STATES, AuditAction, Manner
from consults.models import ConsultRequest
from consults.replies import sensitive_terms
from consults.workflow.appointments import MAY_STILL_COME

from .words import when_in_words

SUMMARIES = {Manner.IN_PERSON: "Appointment", Manner.PHONE: "A call", Manner.VIDEO: "A video call"}
DETAIL = "calendar file of appointment {} of the request (no. {}): {}"


class CalendarFile(NamedTuple):
    """A file that the page of a request offers."""

    url: str
    label: str


def files_of(consult, standing) -> list[CalendarFile]:
    """Return the files of what stands of a request's appointments, the last of them at the end.

    Booked anew after it was off, an appointment is another entry: the one before it, if it is still to come,
    has a file that takes it out.
    """
    now, last = timezone.now(), standing[-1] if standing else None
    return [
        CalendarFile(reverse("consult_requests:calendar", args=[consult.pk, each.pk]), _label(each))
        for each in standing
        if (each == last and consult.status in MAY_STILL_COME)
        or (each.state in OFF_STATES and each.starts_at > now)
    ]


def _label(appointment):
    if appointment.state not in OFF_STATES:
        return "File for a calendar"
    return f"File that takes {when_in_words(appointment)} out of a calendar"


class CalendarView(FrontDeskMixin, View):
    """The file, to be imported or sent on. Imported again, it moves or cancels the entry that is there."""

    def get(self, request, pk, appointment):
        """Send it, and note which one left."""
        consult = get_object_or_404(ConsultRequest.objects.from_people().with_contents(), pk=pk)
        # The page may be from before it was moved: the entry is the same.
        shown = get_object_or_404(consult.appointments.exclude(calendar_id=None), pk=appointment)
        standing = list(workflow.standing_appointments(consult))
        found = next((each for each in standing if each.calendar_id == shown.calendar_id), None)
        if found is None:
            raise Http404
        number, state = standing.index(found) + 1, found.get_state_display().lower()
        audit.append(
            AuditAction.LIST,
            actor=request.user,
            references=[consult.reference],
            detail=DETAIL.format(number, found.pk, state),
        )
        response = HttpResponse(file_of(found), content_type=calendar_files.CONTENT_TYPE)
        name = "appointment-off" if found.state in OFF_STATES else "appointment"
        response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
        return response


def file_of(appointment) -> bytes:
    """Return the file of one of those that stand; one that is off is told as such."""
    is_off = appointment.state in OFF_STATES
    entry = [
        f"UID:{appointment.calendar_id}",
        f"SEQUENCE:{appointment.revision}",
        # When the file was made: the newest of several is the one that counts.
        f"DTSTAMP:{calendar_files.moment(timezone.now())}",
        f"DTSTART:{calendar_files.moment(appointment.starts_at)}",
        f"DTEND:{calendar_files.moment(appointment.ends_at)}",
        f"SUMMARY:{calendar_files.text(SUMMARIES[Manner(appointment.manner)])}",
        f"STATUS:{'CANCELLED' if is_off else 'CONFIRMED'}",
        "CLASS:PRIVATE",
    ]
    if town := _town(appointment):
        entry.append(f"LOCATION:{calendar_files.text(town)}")
    method = calendar_files.CANCEL if is_off else calendar_files.PUBLISH
    return calendar_files.calendar([entry], method=method)


def _town(appointment):
    """Return in which town it is, where the clinic has several places.

    No more: the name of a place may tell what is done there, and a street leads to that name with one tap
    on a map.
    """
    if appointment.manner != Manner.IN_PERSON:
        return ""
    town = read_facts().town_of(appointment.location)
    return "" if sensitive_terms(town) else town
