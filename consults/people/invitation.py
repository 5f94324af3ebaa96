"""The page that an invitation leads to. Whoever has the link has no account yet, or no password.

What makes the link stands behind the question mark: logs hold the way to a page, and no more of an address.
"""

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from clinic.accounts.views import not_kept
from consults import workflow

from .forms import AcceptForm

WHY = {
    workflow.Useless.USED: "This link was used before. If not by you, call a manager now; otherwise sign in.",
    workflow.Useless.LATE: "This link is older than 72 hours. Ask whoever invited you for a new one.",
    workflow.Useless.REVOKED: "This invitation was taken back. Ask whoever invited you.",
    workflow.Useless.OFF: "This account is switched off. Ask a manager.",
}
GONE = 410


@method_decorator(sensitive_post_parameters(), name="dispatch")
class InvitationView(View):
    """Choosing username and password. Looking uses nothing up."""

    def dispatch(self, request, *args, **kwargs):
        """Say what is wrong with a link, and keep all of it out of every cache."""
        self.invitation = workflow.find_invitation(request.GET.get("token", ""))
        if self.invitation is None:
            raise Http404
        try:
            workflow.check_invitation(self.invitation)
            return not_kept(super().dispatch(request, *args, **kwargs))
        except workflow.Useless as useless:
            context = {"why": WHY[useless.why]}
            return not_kept(render(request, "consults/people/useless.html", context, status=GONE))

    def get(self, request):
        """Show the form."""
        return self.show(AcceptForm(user=self.invitation.user))

    def post(self, request):
        """Make the account and lead to the ordinary sign-in."""
        form = AcceptForm(request.POST, user=self.invitation.user)
        if not form.is_valid():
            return self.show(form, status=422)
        data = form.cleaned_data
        try:
            user = workflow.accept_invitation(
                self.invitation, username=data.get("username", ""), password=data["password"]
            )
        except IntegrityError:
            taken = forms.ValidationError("Somebody has this username already. Choose another one.")
            form.add_error("username", taken)
            return self.show(form, status=422)
        messages.success(request, f"Welcome, {user.get_username()}. Sign in with your new password.")
        return redirect("wagtailadmin_login")

    def show(self, form, status=200):
        """Render the page."""
        context = {"form": form, "invitation": self.invitation}
        return render(self.request, "consults/people/invitation.html", context, status=status)
