"""What the front desk can do to a request."""

from django import forms

from consults.enums import TRANSITIONS, ClosedReason, Status

MAX_NOTE = 5000


class VersionForm(forms.Form):
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


class NoteForm(forms.Form):
    """A note. It is sealed, and nobody but the front desk reads it."""

    text = forms.CharField(
        label="Note",
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write a note first.", "max_length": "Use 5,000 characters or fewer."},
    )
