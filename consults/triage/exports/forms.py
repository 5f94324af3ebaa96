"""What somebody wants to take away, and why."""

from django import forms

from clinic.core.bounded_forms import BoundedForm

SHORTEST_REASON, LONGEST_REASON = 10, 200
MASKED, OPENED = "masked", "opened"
CONTENTS = [(MASKED, "No names and contacts"), (OPENED, "With names and contacts")]
KINDS = [("xlsx", "A spreadsheet (XLSX)"), ("csv", "Text for other programs (CSV)")]


class ExportForm(BoundedForm):
    """The choice. Names need a reason."""

    contents = forms.ChoiceField(label="What stands in it", choices=CONTENTS)
    kind = forms.ChoiceField(label="Kind of file", choices=KINDS)
    reason = forms.CharField(
        label="Why you need names and contacts",
        required=False,
        max_length=LONGEST_REASON,
        help_text="Only for a file with names. No names and nothing about health here: "
        "it stands in the file and in the audit.",
        error_messages={"max_length": "Use 200 characters or fewer."},
    )

    def __init__(self, *args, may_open, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_open:
            self.fields["contents"].choices = CONTENTS[:1]
            del self.fields["reason"]

    @property
    def asks_for_names(self):
        """Whether names are asked for, allowed or not."""
        return self.data.get("contents") == OPENED

    def clean_reason(self):
        """Make it one line."""
        return " ".join(self.cleaned_data["reason"].split())

    def clean(self):
        """Ask for what names need."""
        data = super().clean()
        if data.get("contents") != OPENED:
            return data
        if len(data.get("reason", "")) < SHORTEST_REASON and "reason" not in self.errors:
            self.add_error("reason", "Say why, in ten characters or more.")
        return data
