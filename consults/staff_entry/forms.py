"""The patients' form as staff fill it in while they talk with somebody."""

from django import forms

from consults.consent_wordings import current_wording
from consults.enums import Age, Channel, ConsentPurpose, Locale
from consults.intake.forms import ConsultForm


class StaffEntryForm(ConsultForm):
    """The same answers and the same consents, read aloud; two questions more, for the record."""

    channel = forms.ChoiceField(
        label="How did they come?", choices=[(c.value, c.label) for c in (Channel.PHONE, Channel.WALK_IN)]
    )
    locale = forms.ChoiceField(label="Language of the talk", choices=Locale.choices)
    field_order = ["channel", "locale"]

    def __init__(self, *args, locale, **kwargs):
        super().__init__(*args, **kwargs)
        texts = current_wording(locale).texts
        for purpose in ConsentPurpose.values:
            self.fields[purpose].label = f"Read aloud, and they agreed: “{texts[purpose]}”"
        self.fields["name"].label = "What should we call them?"

    def clean_age(self):
        """Stop here where the site would have led somebody to another page."""
        age = self.cleaned_data["age"]
        if age == Age.MINOR:
            raise forms.ValidationError("We can't take requests for people under 18. Say whom else to ask.")
        return age
