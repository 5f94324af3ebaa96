"""Trying again to send what was given up."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views import View

from consults.models import OutboxMessage

from .access import ChangeMixin


class RetryNoticesView(ChangeMixin, View):
    """The button of the banner."""

    def post(self, request):
        """Let the worker try for another two days."""
        number = OutboxMessage.objects.try_again()
        messages.success(request, f"The site tries again to send what could not be sent ({number}).")
        return redirect("consult_requests:index")
