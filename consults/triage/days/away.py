"""Saying oneself that one is away, and who stands in."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views import View

from consults import workflow
from consults.admin_pages import DESK, PageMixin
from consults.audited_views import ChangeMixin
from consults.people.listing import profile_of

from .forms import AwayForm, absence_of


class AwayView(ChangeMixin, PageMixin, View):
    """The form for oneself; managers have it for everybody under People at the desk."""

    page_title = "When I am away"
    breadcrumbs_items = (DESK,)
    template_name = "consults/triage/days/away.html"

    def get(self, request):
        """Show how it stands."""
        return self.show(AwayForm(user=request.user, initial=absence_of(profile_of(request.user))))

    def post(self, request):
        """Keep it."""
        form = AwayForm(request.POST, user=request.user)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            done = workflow.keep_absence(request.user, actor=request.user, **form.cleaned_data)
        # Whoever was to stand in went away at this very moment.
        except workflow.InvalidTransition:
            form.add_error(None, "Nothing was saved: it changed meanwhile. Look at it again.")
            return self.show(form, status=422)
        is_done = workflow.Undone.ANYTHING not in done.undone
        messages.success(request, "Kept." if is_done else "Nothing to do: it is like that already.")
        return redirect("consult_requests:hand_over")

    def show(self, form, status=200):
        """Render the page."""
        return self.show_page({"form": form}, status)
