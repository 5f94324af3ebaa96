"""The form that patients fill in: short, and without a single medical question."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from clinic.core.time_zones import TIME_ZONE_CHOICES
from consults.enums import CallWindow, ContactWay, Interest, SourceSection

from .normalise import clean_email, clean_text, phone_digits

# Longer notes are stored all the same: nobody is sent away for a long sentence.
NOTE_ASKED = 500
NOTE_STORED = 5000
PHONE_CHARACTERS = re.compile(r"[\d\s()+./x#-]*(?:ext\.?)?[\d\s]*", re.IGNORECASE)
PHONE_DIGITS = range(8, 16)


class CleanCharField(forms.CharField):
    """Text without what no database can hold; Django's own check would refuse it instead."""

    def to_python(self, value):
        """Clean before anything else looks at the text."""
        return super().to_python(clean_text(value) if isinstance(value, str) else value)


class ConsultForm(forms.Form):
    """Who asks, how to reach them, when, and about what."""

    name = CleanCharField(
        label="What should we call you?",
        max_length=100,
        error_messages={
            "required": "Tell us what to call you.",
            "max_length": "Use 100 characters or fewer for your name.",
        },
    )
    phone = CleanCharField(
        label="Phone number",
        max_length=40,
        required=False,
        error_messages={"max_length": "Use 40 characters or fewer for the phone number."},
    )
    email = CleanCharField(
        label="E-mail address",
        max_length=254,
        required=False,
        error_messages={"max_length": "The e-mail address is too long. Check it, or give a phone number."},
    )
    way = forms.ChoiceField(
        label="How should we reach you?",
        choices=ContactWay.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how we should reach you.",
            "invalid_choice": "Choose how we should reach you.",
        },
    )
    times = forms.TypedMultipleChoiceField(
        label="When is a good time?",
        choices=CallWindow.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose times from the list."},
    )
    time_zone = forms.ChoiceField(
        label="Your time zone",
        choices=TIME_ZONE_CHOICES,
        error_messages={
            "required": "Choose your time zone.",
            "invalid_choice": "Choose a time zone from the list.",
        },
    )
    interest = forms.ChoiceField(
        label="What would you like to talk about?",
        choices=Interest.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose a topic from the list, or leave it open."},
    )
    note = CleanCharField(
        label="Anything that helps us reach you",
        max_length=NOTE_STORED,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "The note is too long. Use 500 characters or fewer."},
    )
    consent = forms.BooleanField(error_messages={"required": "Tick the box so that we may contact you."})
    # What the form remembers of where somebody came from; anything unknown is "elsewhere".
    section = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_email(self):
        """Check the syntax, and nothing but the syntax."""
        email = clean_email(self.cleaned_data["email"])
        if email:
            try:
                validate_email(email)
            except ValidationError:
                raise ValidationError("Enter an e-mail address like name@example.com.") from None
        return email

    def clean_phone(self):
        """Accept what people type, as long as it can be dialled."""
        phone = self.cleaned_data["phone"]
        if phone and not (PHONE_CHARACTERS.fullmatch(phone) and len(phone_digits(phone)) in PHONE_DIGITS):
            raise ValidationError("Enter a phone number with its area code, like (555) 555-0100.")
        return phone

    def clean_section(self):
        """Keep a section that we know."""
        section = self.cleaned_data["section"]
        return section if section in SourceSection.values else SourceSection.OTHER

    def clean(self):
        """Ask for one way to reach somebody, and for the one they chose."""
        data = super().clean()
        has_phone, has_email = (data.get(name) or name in self.errors for name in ("phone", "email"))
        if not has_phone and not has_email:
            self.add_error("phone", "Enter a phone number or an e-mail address.")
        elif data.get("way") == ContactWay.CALL and not has_phone:
            self.add_error("phone", "Enter a phone number, or choose to be reached by e-mail.")
        elif data.get("way") == ContactWay.EMAIL and not has_email:
            self.add_error("email", "Enter an e-mail address, or choose to be called.")
        return data
