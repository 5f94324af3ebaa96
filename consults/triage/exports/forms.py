"""What somebody wants to take away, which columns of it, and why."""

from urllib.parse import parse_qs, urlencode

from django import forms

from clinic.core.bounded_forms import BoundedForm
from consults.models.saved_views import NAME_LENGTH
from consults.triage.sentence_fields import SHORTEST_REASON, TOO_SHORT, ReasonField

from .columns import CLEAR, OPENED, said
from .consents import CONSENTS

MASKED = "masked"
WITH_NAMES = "opened"
CONTENTS = [(MASKED, "No names and contacts"), (WITH_NAMES, "With names and contacts")]
KINDS = [("xlsx", "A spreadsheet (XLSX)"), ("csv", "Text for other programs (CSV)")]
AS_LISTED, LAST_MONTH = "", "month"
SPANS = [
    (AS_LISTED, "The requests of the list, as you filtered it"),
    (
        LAST_MONTH,
        "All that came last month, open or not, with your other filters; no tests, and no spam unless you "
        "filtered for it",
    ),
]
COLUMNS = [(code, column.heading) for code, column in CLEAR.items()]
COLUMNS.append((CONSENTS, "What they agreed to and when, and whether they withdrew it"))
NAMES = [(code, column.heading) for code, column in OPENED.items()]
# All but the consents: what a file held before anybody could choose.
FIRST_TIME = {"columns": list(CLEAR), "names": list(OPENED)}


class ExportForm(BoundedForm):
    """The choice. Names need a reason."""

    span = forms.ChoiceField(label="Which requests", choices=SPANS, required=False)
    contents = forms.ChoiceField(label="What stands in it", choices=CONTENTS)
    columns = forms.MultipleChoiceField(
        label="Columns",
        choices=COLUMNS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose one column or more."},
    )
    names = forms.MultipleChoiceField(
        label="Of names and contacts (only in a file with names)",
        choices=NAMES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    kind = forms.ChoiceField(label="Kind of file", choices=KINDS)
    reason = ReasonField(
        label="Why you need names and contacts",
        required=False,
        help_text="Only for a file with names. No names and nothing about health here: "
        "it stands in the file and in the audit.",
    )
    keep_as = forms.CharField(
        label="Name to keep this choice under",
        required=False,
        max_length=NAME_LENGTH,
        help_text="Filters, columns and kind of file, for you alone: next month one tap makes the file anew. "
        "No names of patients.",
        error_messages={"max_length": f"Use {NAME_LENGTH} characters or fewer."},
    )

    def __init__(self, *args, may_open, **kwargs):
        super().__init__(*args, **kwargs)
        self.may_open = may_open
        if not may_open:
            self.fields["contents"].choices = CONTENTS[:1]
            del self.fields["names"], self.fields["reason"]

    @property
    def asks_for_names(self):
        """Whether names are asked for, allowed or not."""
        return self.data.get("contents") == WITH_NAMES

    @property
    def keeps(self):
        """Whether the choice is to be kept, and no file made."""
        return "keep" in self.data

    @property
    def chosen(self):
        """The codes of all columns that stand in the file."""
        names = self.cleaned_data["names"] if self.asks_for_names else []
        return [*self.cleaned_data["columns"], *names]

    @property
    def said(self):
        """What the audit says of the columns."""
        offered = [*CLEAR, CONSENTS, *(OPENED if self.asks_for_names else ())]
        return said(self.chosen, offered)

    @property
    def kept(self):
        """The choice as a view keeps it; never the reason, which is another one each time."""
        data = self.cleaned_data
        choice = {name: data[name] for name in ("span", "contents", "kind")}
        codes = {name: " ".join(data.get(name, [])) for name in ("columns", "names")}
        return urlencode(choice | codes)

    def clean_keep_as(self):
        """Make it one line, and ask for it where the choice is to be kept."""
        name = " ".join(self.cleaned_data["keep_as"].split())
        if self.keeps and not name:
            raise forms.ValidationError("Give it a name, such as “Every month”.")
        return name

    def clean(self):
        """Ask for what names need."""
        data = super().clean()
        if data.get("contents") != WITH_NAMES:
            return data
        if not data.get("names") and "names" not in self.errors:
            self.add_error("names", "Choose one or more, or take a file without names.")
        if self.keeps:
            return data
        if len(data.get("reason", "")) < SHORTEST_REASON and "reason" not in self.errors:
            self.add_error("reason", TOO_SHORT)
        return data


def choice_of(kept) -> dict:
    """Return what a form holds of a choice that was kept."""
    values = {name: value for name, (value, *_rest) in parse_qs(kept, keep_blank_values=True).items()}
    codes = {name: values.pop(name, "").split() for name in ("columns", "names")}
    return values | codes
