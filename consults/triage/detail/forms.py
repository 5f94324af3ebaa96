"""What the front desk can do to a request."""

from django import forms
from django.utils import timezone

from clinic.core.bounded_forms import BoundedForm
from consults import crisis
from consults.enums import SPOKEN_REASONS, TRANSITIONS, ClosedReason, Outcome, Priority, Status
from consults.models import ConsultRequest
from consults.models.appointments import USUAL_LENGTH
from consults.permissions import answering_users
from consults.triage.appointments.clocks import OffHoursField, OwnClockField, ask_if_closed
from consults.triage.in_words import moment_in_words
from consults.workflow import (
    LATEST_CALL_BACK,
    LONGEST_SNOOZE,
    latest_next_action,
    planned_of,
    possible_outcomes,
)

MAX_NOTE = 5000
# After these a time may be said.
LOOKING_AHEAD = (Outcome.CALL_BACK, Outcome.BOOKED, Outcome.ANSWERED, Outcome.CLINICIAN)
NO_SPOKEN_REASON = (
    "The reason you chose below isn’t one that fits somebody whom you reached: choose another one, or none."
)
# Wagtail's own shortcuts: each person can switch them off in their account.
FOCUS_ON_T = {"data-controller": "w-kbd", "data-w-kbd-action-value": "focus", "aria-keyshortcuts": "t"}


def not_later() -> str:
    """Return why a request that is to be read first can't be put off further."""
    return (
        "It was marked to be read first, and one person alone doesn’t put it off further: hand it to "
        f"{crisis.clinician()}, or let a colleague try as well."
    )


class VersionForm(BoundedForm):
    """A change to the request as its page showed it."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class NoteField(forms.CharField):
    """A note. It is sealed, and nobody but the front desk reads it."""

    def __init__(self, **kwargs):
        super().__init__(
            label="Note",
            max_length=MAX_NOTE,
            widget=forms.Textarea(attrs={"rows": 2, **FOCUS_ON_T}),
            error_messages={
                "required": "Write a note first.",
                "max_length": "Use 5,000 characters or fewer.",
            },
            **kwargs,
        )

    def clean(self, value):
        """Return the text with single breaks of lines: browsers send two characters for each."""
        return super().clean(value).replace("\r\n", "\n")


class ActionForm(VersionForm):
    """A change, with the note that was written beside it."""

    # The page's buttons share one form: what one of them needs must not keep the browser from another.
    use_required_attribute = False

    text = NoteField(required=False)


class StatusForm(ActionForm):
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


class OutcomeForm(ActionForm):
    """What came of an attempt; each outcome is a button of its own."""

    outcome = forms.ChoiceField()
    again_at = OwnClockField(
        label="Call back, or appointment, at (your clock)",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Enter a date and a time."},
    )
    off_hours = OffHoursField()
    # The same field as that of a move by hand.
    reason = forms.ChoiceField(
        choices=[("", ""), *ClosedReason.choices],
        required=False,
        error_messages={"invalid_choice": NO_SPOKEN_REASON},
    )
    # Set where a booking needs it; the page shows it only then.
    asks_off_hours = False

    def __init__(self, *args, consult, **kwargs):
        super().__init__(*args, **kwargs)
        self.consult = consult
        self.fields["outcome"].choices = [(o.value, o.label) for o in possible_outcomes(consult)]

    def clean_again_at(self):
        """Ask for a time that is still to come."""
        again_at = self.cleaned_data["again_at"]
        if again_at and not timezone.now() < again_at <= timezone.now() + LATEST_CALL_BACK:
            raise forms.ValidationError("Choose a time from now on, within 60 days.")
        return again_at

    def clean(self):
        """Ask when to call back, and for a reason that somebody can have given."""
        data = super().clean()
        if data.get("outcome") == Outcome.CALL_BACK and not data.get("again_at") and not self.errors:
            self.add_error("again_at", "Choose when to call back.")
        if data.get("outcome") not in LOOKING_AHEAD:
            data["again_at"] = None
        if data.get("outcome") == Outcome.BOOKED and data.get("again_at"):
            self._ask_if_closed(data["again_at"])
        data.pop("off_hours", None)
        if data.get("outcome") != Outcome.DECLINED:
            data["reason"] = ""
        elif data.get("reason") and data["reason"] not in SPOKEN_REASONS:
            self.add_error("reason", NO_SPOKEN_REASON)
        return data

    def _ask_if_closed(self, starts_at):
        """Judge the time by the appointment that moves to it, or by the one that it makes."""
        planned = planned_of(self.consult)
        if planned is None:
            ask_if_closed(
                self, "again_at", location=self.consult.location, starts_at=starts_at, minutes=USUAL_LENGTH
            )
        elif starts_at != planned.starts_at:
            ask_if_closed(
                self, "again_at", location=planned.location, starts_at=starts_at, minutes=planned.minutes
            )


class SnoozeForm(ActionForm):
    """When to look at a request again."""

    until = forms.DateTimeField(
        label="Put off until (your clock)",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": "Choose until when.", "invalid": "Enter a date and a time."},
    )

    def __init__(self, *args, consult, **kwargs):
        super().__init__(*args, **kwargs)
        # What is to be read first can't wait longer, until a colleague has dealt with it.
        self.latest = latest_next_action(consult, timezone.now())

    @property
    def why(self) -> str:
        """Until when the request may be put off at most and why, where that is soon."""
        return f"{moment_in_words(self.latest)} is the latest. {not_later()}" if self.latest else ""

    def clean_until(self):
        """Ask for a time within the limit."""
        until = self.cleaned_data["until"]
        if self.latest and until > self.latest:
            raise forms.ValidationError(self.why)
        if not timezone.now() < until <= timezone.now() + LONGEST_SNOOZE:
            raise forms.ValidationError("Choose a time from now on, within 14 days.")
        return until


class AssignForm(ActionForm):
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


class HoldForm(ActionForm):
    """Whether contents are kept beyond their time."""

    on_hold = forms.BooleanField(required=False)


class EraseForm(ActionForm):
    """The wish to remove the contents; notes go with them."""

    def clean_text(self):
        """Refuse a note that would be gone at once."""
        if self.cleaned_data["text"]:
            raise forms.ValidationError("A note goes with the contents. Empty it, or add it by itself first.")
        return ""


class LinkForm(ActionForm):
    """An earlier request of the same person."""

    same_as = forms.ModelChoiceField(queryset=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["same_as"].queryset = ConsultRequest.objects.from_people().defer("envelope")


class PriorityForm(ActionForm):
    """How urgently a request is to be read."""

    priority = forms.TypedChoiceField(label="Read it", choices=Priority.choices, coerce=int)


class NoteForm(BoundedForm):
    """A note by itself."""

    use_required_attribute = False

    text = NoteField()
