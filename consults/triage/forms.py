"""What the front desk can do to a request."""

from django import forms
from django.utils import timezone

from clinic.core.bounded_forms import BoundedForm
from consults import crisis
from consults.enums import TRANSITIONS, ClosedReason, Outcome, Priority, Status
from consults.models import ConsultRequest
from consults.permissions import answering_users
from consults.workflow import LATEST_CALL_BACK, LONGEST_SNOOZE, may_leave_voicemail

MAX_NOTE = 5000
# Wagtail's own shortcuts: each person can switch them off in their account.
FOCUS_ON_T = {"data-controller": "w-kbd", "data-w-kbd-action-value": "focus", "aria-keyshortcuts": "t"}


class VersionForm(BoundedForm):
    """A change to the request as its page showed it."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class StatusForm(VersionForm):
    """A move to another status. Closing needs a reason."""

    status = forms.ChoiceField(label="Move to")
    reason = forms.ChoiceField(
        label="Reason, if you close it", choices=[("", "No reason"), *ClosedReason.choices], required=False
    )

    def __init__(self, *args, current, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [(s.value, s.label) for s in TRANSITIONS[current]]

    def clean(self):
        """Ask for a reason when closing, and drop it otherwise."""
        data = super().clean()
        if data.get("status") != Status.CLOSED:
            data["reason"] = ""
        elif not data.get("reason"):
            self.add_error("reason", "Choose why you close the request.")
        return data


class OutcomeForm(VersionForm):
    """What came of an attempt; each outcome is a button of its own."""

    outcome = forms.ChoiceField()
    again_at = forms.DateTimeField(
        label="Call back, or appointment, at (your clock)",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Enter a date and a time."},
    )

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        offered = list(Outcome)
        if not may_leave_voicemail(request):
            offered.remove(Outcome.VOICEMAIL)
        if not crisis.clinician():
            offered.remove(Outcome.CLINICIAN)
        self.fields["outcome"].choices = [(o.value, o.label) for o in offered]

    def clean_again_at(self):
        """Ask for a time that is still to come."""
        again_at = self.cleaned_data["again_at"]
        if again_at and not timezone.now() < again_at <= timezone.now() + LATEST_CALL_BACK:
            raise forms.ValidationError("Choose a time from now on, within 60 days.")
        return again_at

    def clean(self):
        """Ask when to call back."""
        data = super().clean()
        if data.get("outcome") == Outcome.CALL_BACK and not data.get("again_at") and not self.errors:
            self.add_error("again_at", "Choose when to call back.")
        # Only these look ahead.
        if data.get("outcome") not in (Outcome.CALL_BACK, Outcome.BOOKED, Outcome.CLINICIAN):
            data["again_at"] = None
        return data


class SnoozeForm(VersionForm):
    """When to look at a request again."""

    until = forms.DateTimeField(
        label="Put off until (your clock)",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": "Choose until when.", "invalid": "Enter a date and a time."},
    )

    def clean_until(self):
        """Ask for a time within the limit."""
        until = self.cleaned_data["until"]
        if not timezone.now() < until <= timezone.now() + LONGEST_SNOOZE:
            raise forms.ValidationError("Choose a time from now on, within 14 days.")
        return until


class AssignForm(VersionForm):
    """Who answers a request."""

    assignee = forms.ModelChoiceField(
        label="Give to",
        queryset=None,
        empty_label=None,
        error_messages={
            "invalid_choice": "Choose somebody of the front desk.",
            "required": "Choose somebody.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = answering_users()


class HoldForm(VersionForm):
    """Whether contents are kept beyond their time."""

    on_hold = forms.BooleanField(required=False)


class LinkForm(VersionForm):
    """An earlier request of the same person."""

    same_as = forms.ModelChoiceField(queryset=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["same_as"].queryset = ConsultRequest.objects.from_people().defer("envelope")


class PriorityForm(VersionForm):
    """How urgently a request is to be read."""

    priority = forms.TypedChoiceField(label="Read it", choices=Priority.choices, coerce=int)


class NoteForm(BoundedForm):
    """A note. It is sealed, and nobody but the front desk reads it."""

    text = forms.CharField(
        label="Note",
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 4, **FOCUS_ON_T}),
        error_messages={"required": "Write a note first.", "max_length": "Use 5,000 characters or fewer."},
    )
