"""What is asked of whoever wants a consultation, without a single medical question.

Patients see it as in ``page_form``; staff fill it in as it stands.
"""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clinic.core.bounded_forms import BoundedForm
from clinic.core.facts import read_facts
from clinic.core.time_zones import TIME_ZONE_CHOICES
from consults.enums import (
    Age,
    CallWindow,
    Campaign,
    ConsentPurpose,
    ContactWay,
    ForWhom,
    HeardFrom,
    SourceSection,
    Topic,
)

from .form_fields import CleanCharField, EmailField, OptionalChoiceField, PhoneField, SeenCharField
from .states import ELSEWHERE, STATES

# Longer notes are stored all the same: nobody is sent away for a long sentence.
NOTE_ASKED = 500
NOTE_STORED = 5000


# Choices are functions: each form copies its fields, and all choices that stand in them.
def states():
    """Return the states to choose from."""
    return [("", _("Choose a state")), *STATES, (ELSEWHERE, _("Outside the United States"))]


def _required(message):
    return {"required": message, "invalid_choice": message}


class ConsultForm(BoundedForm):
    """Who asks, how to reach them, when, and about what."""

    # Number and address are asked for side by side, so that one of them is missed where both are empty.
    asks_for_either = True

    name = SeenCharField(
        label=_("What should we call you?"),
        max_length=100,
        error_messages={
            "required": _("Tell us what to call you."),
            "max_length": _("Use 100 characters or fewer for your name."),
        },
    )
    phone = PhoneField(label=_("Phone number"), max_length=80, required=False)
    email = EmailField(label=_("E-mail address"), max_length=254, required=False)
    way = forms.ChoiceField(
        label=_("How should we reach you?"),
        choices=lambda: ContactWay.choices,
        widget=forms.RadioSelect,
        error_messages=_required(_("Choose how we should reach you.")),
    )
    times = forms.TypedMultipleChoiceField(
        label=_("When is a good time?"),
        choices=lambda: CallWindow.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose times from the list.")},
    )
    time_zone = forms.ChoiceField(
        label=_("Your time zone"),
        choices=lambda: TIME_ZONE_CHOICES,
        error_messages=_required(_("Choose your time zone.")),
    )
    location = OptionalChoiceField(
        label=_("Which of our places suits you?"), required=False, widget=forms.RadioSelect
    )
    topic = OptionalChoiceField(
        label=_("What would you like to talk about?"), required=False, widget=forms.RadioSelect
    )
    for_whom = forms.ChoiceField(
        label=_("Who is the consultation for?"),
        choices=lambda: ForWhom.choices,
        widget=forms.RadioSelect,
        error_messages=_required(_("Choose who the consultation is for.")),
    )
    age = forms.ChoiceField(
        label=_("Is that person 18 or over?"),
        choices=lambda: Age.choices,
        widget=forms.RadioSelect,
        error_messages=_required(_("Choose whether the person is 18 or over.")),
    )
    state = forms.ChoiceField(
        label=_("Which state do you live in?"),
        choices=states,
        error_messages=_required(_("Choose the state you live in.")),
    )
    needs = CleanCharField(
        label=_("A language or something else you need"),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Use 200 characters or fewer for what you need.")},
    )
    heard_from = OptionalChoiceField(
        label=_("How did you hear of us?"), choices=lambda: HeardFrom.choices, required=False
    )
    note = CleanCharField(
        label=_("Anything else that helps us reach you"),
        max_length=NOTE_STORED,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("The note is too long. Use 500 characters or fewer.")},
    )
    contact = forms.BooleanField(error_messages={"required": _("Tick the box so that we may contact you.")})
    texting = forms.BooleanField(required=False)
    voicemail = forms.BooleanField(required=False)
    voicemail_name = forms.BooleanField(required=False)
    copy = forms.BooleanField(
        label=_("E-mail me a copy with the reference and the next steps. It says nothing of what I wrote."),
        required=False,
    )
    # What the form remembers of where somebody came from; anything unknown counts as nothing.
    section = OptionalChoiceField(
        choices=lambda: SourceSection.choices, required=False, widget=forms.HiddenInput
    )
    campaign = OptionalChoiceField(choices=lambda: Campaign.choices, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        facts = self.facts = read_facts()
        language = get_language()
        treatments = [(title, facts.treatment_name(title, language)) for title in facts.treatments]
        self.fields["topic"].choices = [(Topic.UNSURE, Topic.UNSURE.label), *treatments] + [
            (Topic.COST, Topic.COST.label)
        ]
        self.fields["location"].choices = [("", _("Any of them")), *facts.choice_of_locations]
        if not facts.choice_of_locations:
            del self.fields["location"]
        if not facts.service_states:
            del self.fields["state"]

    def clean_times(self):
        """Return each time once: their sum is what is kept."""
        return list(dict.fromkeys(self.cleaned_data["times"]))

    def clean_section(self):
        """Keep a section that we know."""
        return self.cleaned_data["section"] or SourceSection.OTHER.value

    def clean(self):
        """Ask for one way to reach somebody, and for the one they chose."""
        data = self.only_what_was_asked(super().clean())
        has_phone, has_email = (data.get(name) or name in self.errors for name in ("phone", "email"))
        way = data.get("way")
        if self.asks_for_either and not has_phone and not has_email:
            self.add_error("phone", _("Enter a phone number or an e-mail address."))
        elif way == ContactWay.CALL and not has_phone:
            self.add_error("phone", _("Enter a phone number, or choose to be reached by e-mail."))
        elif way == ContactWay.TEXT and not has_phone:
            self.add_error("phone", _("Enter a phone number to be texted at, or choose e-mail."))
        elif way == ContactWay.EMAIL and not has_email:
            self.add_error("email", _("Enter an e-mail address, or choose to be called."))
        elif data.get("copy") and not has_email:
            self.add_error("email", _("Enter an e-mail address for the copy, or leave its box empty."))
        if way == ContactWay.TEXT and not data.get("texting"):
            self.add_error(
                "texting", _("Tick the box so that we may text you, or choose a call or e-mail above.")
            )
        # The second permission says nothing without the first.
        data["voicemail_name"] = data.get("voicemail_name") and data.get("voicemail")
        return data

    def only_what_was_asked(self, data):
        """Change the answers to those that somebody was asked for, and return them."""
        return data

    @property
    def consents(self):
        """Return the purposes that were ticked."""
        return [purpose for purpose in ConsentPurpose.values if self.cleaned_data.get(purpose)]
