"""The sheet with name and contact for the clinic’s record. A POST opens it, no GET."""

from django.shortcuts import get_object_or_404, render
from django.views import View

from consults import workflow
from consults.audited_views import ChangeMixin
from consults.enums import Purpose, Status
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem
from consults.triage.acceptance import warning_of
from consults.triage.detail.contents import contents_for_display
from consults.triage.detail.page import agreed_to, found_by_desk, unreadable
from consults.triage.in_words import best_times_in_words
from consults.triage.stops import warning_for

from .words import in_words

WHAT = "print: the sheet for the clinic's record, with name and contact"


class RecordSheetView(ChangeMixin, View):
    """The sheet. That it was printed is one event on the timeline and in the audit."""

    def post(self, request, pk):
        """Open the request and show all of it on paper."""
        consult = get_object_or_404(found_by_desk(), pk=pk)
        try:
            contents, notes = workflow.open_consult(
                consult, actor=request.user, purpose=Purpose.PRINT, detail=WHAT
            )
        except (EnvelopeProblem, KeyProblem) as problem:
            return unreadable(request, consult, problem)
        appointment = workflow.latest_appointment(consult)
        context = {
            "consult": consult,
            "contents": contents_for_display(contents),
            "notes": notes,
            "appointment": appointment,
            "appointment_in_words": in_words(appointment) if appointment else "",
            "stopped": warning_for(contents, consult),
            "best_times": best_times_in_words(consult.best_times),
            "may_be_put_on_record": consult.status == Status.BOOKED,
            **warning_of(consult),
            **agreed_to(consult),
        }
        return render(request, "consults/triage/appointments/record_sheet.html", context)
