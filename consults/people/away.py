"""Being away and who stands in: said by oneself here, and by managers for everybody on their page."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.views import View

from clinic.core.bounded_forms import BoundedForm
from clinic.core.date_inputs import DayInput
from consults import workflow
from consults.admin_pages import DESK, PageMixin
from consults.audited_views import ChangeMixin
from consults.permissions import answering_users

from .listing import profile_of

NO_DAY = {"invalid": "Enter a day, such as 2026-12-24."}


class AwayForm(BoundedForm):
    """From when until when somebody is away, and who stands in."""

    away_from = forms.DateField(
        label="Away from", required=False, widget=DayInput, error_messages=NO_DAY,
        help_text="Both days are included. Both empty: nobody is away.",
    )  # fmt: skip
    away_until = forms.DateField(label="Until", required=False, widget=DayInput, error_messages=NO_DAY)
    stands_in = forms.ModelChoiceField(
        label="Who stands in",
        queryset=None,
        required=False,
        empty_label="Nobody",
        error_messages={"invalid_choice": "Choose somebody else who answers requests."},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["stands_in"].queryset = answering_users().exclude(pk=user.pk)

    def clean(self):
        """Say which day is wrong, or why somebody can't stand in then."""
        data = super().clean()
        first, last, other = data.get("away_from"), data.get("away_until"), data.get("stands_in")
        if self.errors:
            return data
        if last and not first:
            self.add_error("away_from", "Say from which day on as well.")
        elif first and not last:
            self.add_error("away_until", "Say until which day as well. You can change it later.")
        elif first and last:
            self._clean_days(first, last)
        if other and not self.errors:
            why = workflow.why_no_stand_in(other, of=self.user, away_from=first, away_until=last)
            if why:
                self.add_error("stands_in", why)
        return data

    def _clean_days(self, first, last):
        if last < first:
            self.add_error("away_until", "The last day lies before the first one.")
        elif last < workflow.today():
            self.add_error("away_until", "That is over already. Choose days from today on, or none.")
        elif last - first > workflow.LONGEST_ABSENCE:
            self.add_error("away_until", "That is more than a year. Choose an earlier day.")


def absence_of(profile) -> dict:
    """Return what a form shows of a profile; days that are over are none."""
    is_over = profile.away_until is not None and profile.away_until < workflow.today()
    return {
        "away_from": None if is_over else profile.away_from,
        "away_until": None if is_over else profile.away_until,
        "stands_in": profile.stands_in_id,
    }


class AwayView(ChangeMixin, PageMixin, View):
    """The form for oneself; managers have it for everybody under People at the desk."""

    page_title = "When I am away"
    breadcrumbs_items = (DESK,)
    template_name = "consults/people/away.html"

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
