"""What the front desk fills in from one day to the next."""

from django import forms

from clinic.core.bounded_forms import BoundedForm
from clinic.core.date_inputs import DayInput
from consults import workflow
from consults.intake.form_fields import SeenCharField
from consults.permissions import answering_users
from consults.workflow import LONGEST_HAND_OVER

NO_DAY = {"invalid": "Enter a day, such as 2026-12-24."}


class HandOverForm(BoundedForm):
    """What the next shift should know beyond the card."""

    text = SeenCharField(
        label="For the next shift",
        max_length=LONGEST_HAND_OVER,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            f"One sentence on what the card can’t know, {LONGEST_HAND_OVER} characters at most. It is "
            "sealed, only the front desk reads it, and after a time it is removed. What belongs to one "
            "request belongs into its notes."
        ),
        error_messages={
            "required": "Write a sentence first. If there is nothing to say, say so.",
            "max_length": f"Use {LONGEST_HAND_OVER} characters or fewer. More belongs into a note.",
        },
    )


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
