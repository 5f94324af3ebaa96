"""What a reviewer fills in to decide."""

from calendar import monthrange
from datetime import date

from django import forms
from django.conf import settings
from django.utils import timezone

from clinic.core.bounded_forms import BoundedForm
from clinic.core.typed_text import clean_text, is_seen
from clinic.review.models import LONGEST_REASON

LONGEST_COMMENT = 2000
LONGEST_MARK = 60
APPROVE, ASK, DECLINE = "approve", "ask", "decline"
NO_DAY = "Say when this page has to be read again: a day such as 2027-11-30."
NO_QUESTION = "Write what you ask. Whoever submitted the page reads it."
NO_WHY = "Write why. Whoever submitted the page reads it."
TOO_LONG = "This is too long. Use 2,000 characters or fewer."
REASON_TOO_LONG = "This is too long. Use 1,000 characters or fewer."


class DecisionForm(BoundedForm):
    """One form for all three: what is typed for one is not lost with another."""

    mark = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_MARK)
    decision = forms.ChoiceField(choices=[(name, name) for name in (APPROVE, ASK, DECLINE)])
    comment = forms.CharField(
        label="Your question or remark",
        required=False,
        max_length=LONGEST_COMMENT,
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever submitted the page reads it. Needed to ask back or to decline.",
    )
    next_review_on = forms.DateField(
        label="Read it again on",
        required=False,
        error_messages={"invalid": NO_DAY},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="After today, and within two years. The site reminds you before.",
    )
    override_reason = forms.CharField(
        label="Why findings of the content check don’t hold here",
        required=False,
        max_length=LONGEST_REASON,
        error_messages={"max_length": REASON_TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only where the check is wrong. It counts for these very words.",
    )

    def __init__(self, *args, is_clinical, is_held_up=False, **kwargs):
        """Ask what a medical review needs, or else only for a reason where something holds the page up."""
        super().__init__(*args, **kwargs)
        self.is_clinical = is_clinical
        if not is_clinical:
            del self.fields["next_review_on"]
            if not is_held_up:
                del self.fields["override_reason"]

    def clean_comment(self):
        """Leave out what no database holds."""
        return clean_text(self.cleaned_data["comment"]).strip()

    def clean_override_reason(self):
        """The same."""
        return clean_text(self.cleaned_data["override_reason"]).strip()

    def clean(self):
        """Ask for what this decision needs, and for nothing else."""
        data = super().clean()
        decision = data.get("decision")
        if decision == APPROVE:
            if self.is_clinical and not data.get("next_review_on") and "next_review_on" not in self.errors:
                self.add_error("next_review_on", NO_DAY)
        elif "comment" not in self.errors and not is_seen(data.get("comment", "")):
            self.add_error("comment", NO_QUESTION if decision == ASK else NO_WHY)
        return data

    def approval(self):
        """Return what goes with an approval."""
        names = ("comment", "next_review_on", "override_reason")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def usual_next_review() -> date:
    """Return the day in so many months as the clinic's setting says."""
    today = timezone.localdate()
    year, month = divmod(today.year * 12 + today.month - 1 + settings.REVIEW_MONTHS, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
