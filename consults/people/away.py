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

from .listing import away_in_words, profile_of

NO_DAY = {"invalid": "Enter a day, such as 2026-12-24."}
# What the forms show of a profile, in this order; the last one managers alone.
SHOWN = ("away_from", "away_until", "stands_in", "locations")
MEANWHILE = (
    "Nothing was saved: this was changed meanwhile. It says now: {}. Below stands what you changed, and "
    "otherwise what it says now. Keep it once more, or change it."
)


class SeenField(forms.CharField):
    """What a form of a profile showed at first, as texts by their names; it goes along unseen."""

    def __init__(self):
        super().__init__(required=False, widget=forms.HiddenInput)

    def prepare_value(self, value):
        """Write the texts as one."""
        return "|".join(value.values()) if isinstance(value, dict) else value

    def clean(self, value):
        """Return the texts; what wasn't sent was empty."""
        return dict(zip(SHOWN, super().clean(value).split("|"), strict=False))


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
    # What the form showed at first: nobody saves over what they have not seen.
    seen = SeenField()

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


def shown_again(form_class, data, *, user, seen, now):
    """Return a form with what somebody changed, and otherwise with what stands now; it says that it does.

    ``seen`` is what they began from, and ``now`` what stands, as texts by their names.
    """
    kept = data.copy()
    for name, text in now.items():
        if " ".join(kept.getlist(name)) == seen.get(name, ""):
            kept.setlist(name, text.split())
    kept["seen"] = SeenField().prepare_value(now)
    form = form_class(kept, user=user)
    form.full_clean()
    form.add_error(None, MEANWHILE.format(_in_words(profile_of(user))))
    return form


def _in_words(profile):
    days = away_in_words(profile)
    other = profile.stands_in.get_username() if profile.stands_in else "nobody"
    return f"{f'away {days}' if days else 'not away'}, who stands in: {other}"


class AwayView(ChangeMixin, PageMixin, View):
    """The form for oneself; managers have it for everybody under People at the desk."""

    page_title = "When I am away"
    breadcrumbs_items = (DESK,)
    template_name = "consults/people/away.html"

    def get(self, request):
        """Show how it stands."""
        kept = workflow.absence_as_kept(profile_of(request.user))
        return self.show(AwayForm(user=request.user, initial={**kept, "seen": kept}))

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
        except workflow.StaleProfile:
            now, seen = workflow.absence_as_kept(profile_of(request.user)), form.cleaned_data["seen"]
            again = shown_again(AwayForm, request.POST, user=request.user, seen=seen, now=now)
            return self.show(again, status=409)
        is_done = workflow.Undone.ANYTHING not in done.undone
        messages.success(request, "Kept." if is_done else "Nothing to do: it is like that already.")
        return redirect("consult_requests:hand_over")

    def show(self, form, status=200):
        """Render the page."""
        return self.show_page({"form": form}, status)
