"""The page on which a superuser breaks the glass."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.views import View

from clinic.accounts import fresh
from clinic.core.bounded_forms import BoundedForm
from consults import workflow
from consults.admin_pages import PageMixin
from consults.audited_views import AuditedMixin


class EmergencyForm(BoundedForm):
    """Why nobody of the front desk can do it."""

    reason = forms.CharField(
        label="Why must you read requests now?",
        min_length=10,
        max_length=200,
        help_text="No names and nothing about health: auditors read it.",
        error_messages={
            "required": "Say why.",
            "min_length": "Say it in ten characters or more.",
            "max_length": "Use 200 characters or fewer.",
        },
    )


class EmergencyView(AuditedMixin, PageMixin, View):
    """The form, for superusers alone."""

    is_allowed = staticmethod(lambda user: user.is_active and user.is_superuser)
    page_title = "Emergency access"
    template_name = "consults/triage/oversight/emergency.html"

    def dispatch(self, request, *args, **kwargs):
        """Ask to sign in afresh first: an open browser that somebody left is no emergency."""
        if self.is_allowed(request.user) and not fresh.is_fresh(request):
            return fresh.ask_first(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        """Show what it means and ask for the reason."""
        return self.show(EmergencyForm())

    def post(self, request):
        """Open the door for half an hour."""
        form = EmergencyForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        workflow.break_glass(actor=request.user, reason=form.cleaned_data["reason"])
        messages.warning(request, "You may read requests for 30 minutes. The owner is told.")
        return redirect("consult_requests:index")

    def show(self, form, status=200):
        """Render the page."""
        return self.show_page({"form": form}, status)
