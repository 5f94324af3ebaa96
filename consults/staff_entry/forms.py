"""The same answers as patients give, asked and taken down by staff while they talk with somebody."""

from django import forms

from consults.consent_wordings import current_wording
from consults.enums import Age, Channel, ConsentPurpose, ContactWay, ForWhom, HeardFrom, Locale, Topic
from consults.intake.forms import ConsultForm
from consults.workflow.transitions.windows import WEEKDAY, WEEKEND

# What staff ask, and what they are told where an answer is missing.
LABELS = {
    "name": "What should we call them?",
    "phone": "Their phone number",
    "email": "Their e-mail address",
    "way": "How should we reach them?",
    "times": "Good times (none: any time)",
    "time_zone": "Their time zone",
    "location": "Which place suits them?",
    "topic": "What is it about?",
    "for_whom": "Who is it for?",
    "age": "18 or over?",
    "state": "Which state do they live in?",
    "needs": "Language or other needs",
    "heard_from": "How did they hear of us?",
    "note": "What helps to reach them",
    "copy": "They want a copy by e-mail, with the reference and the next steps.",
}
MISSING = {
    "name": "Enter what to call them.",
    "way": "Choose how we should reach them.",
    "time_zone": "Choose their time zone.",
    "for_whom": "Choose who it is for.",
    "age": "Ask whether the person is 18 or over.",
    "state": "Ask which state they live in.",
    "contact": "Read it aloud and tick the box once they agree; without it we can’t take the request.",
}
NO_TEXTS = "Read it aloud and tick the box once they agree to texts, or choose a call or e-mail."
CHOICES = {
    "way": [(ContactWay.CALL, "Call"), (ContactWay.TEXT, "Text"), (ContactWay.EMAIL, "E-mail")],
    "times": [
        (window, f"{day} {hours}")
        for day, windows in (("Weekdays", WEEKDAY), ("Weekends", WEEKEND))
        for window, hours in zip(windows, ("8 to 12", "12 to 2", "2 to 5", "5 to 8"), strict=True)
    ],
    "for_whom": [(ForWhom.ME, "For themselves"), (ForWhom.SOMEBODY_ELSE, "For someone else")],
}
# What patients' own words for some choices are in the mouth of staff.
SAID_OTHERWISE = {
    "topic": {Topic.UNSURE: "Not sure, or would rather talk"},
    "heard_from": {HeardFrom.UNSAID: "Not asked", HeardFrom.PERSON: "Somebody they know"},
}
# A list takes less room than its choices one below another.
AS_LISTS = ("topic", "location")


class StaffEntryForm(ConsultForm):
    """The same answers and the same consents, read aloud; two questions more, for the record."""

    channel = forms.ChoiceField(
        label="How did they come?",
        choices=[(c.value, c.label) for c in (Channel.PHONE, Channel.WALK_IN)],
        widget=forms.RadioSelect,
        initial=Channel.PHONE.value,
    )
    locale = forms.ChoiceField(choices=Locale.choices, widget=forms.HiddenInput)

    def __init__(self, *args, locale, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            if name in self.fields:
                self.fields[name].label = label
        for name, message in MISSING.items():
            if name in self.fields:
                self.fields[name].error_messages |= {"required": message, "invalid_choice": message}
        self._speak_as_staff()
        texts = current_wording(locale).texts
        for purpose in ConsentPurpose.values:
            self.fields[purpose].label = texts[purpose]
        self.fields["note"].widget.attrs["rows"] = 2

    def _speak_as_staff(self):
        for name, choices in CHOICES.items():
            self.fields[name].choices = choices
        for name, words in SAID_OTHERWISE.items():
            field = self.fields[name]
            field.choices = [(value, words.get(value, label)) for value, label in field.choices]
        for name in AS_LISTS:
            if field := self.fields.get(name):
                field.widget = forms.Select(choices=field.choices)

    def clean_age(self):
        """Stop here where the site would have led somebody to another page."""
        age = self.cleaned_data["age"]
        if age == Age.MINOR:
            raise forms.ValidationError("We can't take requests for people under 18. Say whom else to ask.")
        return age

    def clean(self):
        """Say what is missing as staff are told it."""
        data = super().clean()
        if "texting" in self.errors:
            self.errors["texting"] = self.error_class([NO_TEXTS])
        return data
