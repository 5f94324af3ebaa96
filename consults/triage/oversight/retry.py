"""Trying again to send what was given up."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views import View

from consults.models import OutboxMessage
from consults.triage.access import ChangeMixin

NOTHING = "Nothing waits to be sent again: a colleague may have tried already, or it is on its way."


class RetryNoticesView(ChangeMixin, View):
    """The button of the banner."""

    def post(self, request):
        """Let the worker try for another two days."""
        number = OutboxMessage.objects.try_again()
        if number:
            messages.success(request, f"The site tries again to send what could not be sent ({number}).")
        else:
            messages.warning(request, NOTHING)
        return redirect("consult_requests:index")
