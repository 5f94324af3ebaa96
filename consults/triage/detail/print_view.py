"""A request on paper: what may lie on a desk, and lines to write on."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views import View

from consults import workflow
from consults.audited_views import FrontDeskMixin
from consults.models import ConsultRequest
from consults.triage.in_words import best_times_in_words, clock_in_words
from consults.triage.stops import warnings_for

LINES = 12


class PrintView(FrontDeskMixin, View):
    """Reference, times and status; neither name nor contact."""

    def get(self, request, pk):
        """Show the page to print, and note it."""
        consult = get_object_or_404(ConsultRequest.objects.from_people(), pk=pk)
        workflow.note_print(consult, actor=request.user)
        context = {
            "consult": consult,
            "stopped": warnings_for([consult]).get(consult.pk),
            "best_times": best_times_in_words(consult.best_times),
            "their_clock": clock_in_words(consult.time_zone, timezone.now()),
            "lines": range(LINES),
        }
        return render(request, "consults/triage/detail/print_view.html", context)
