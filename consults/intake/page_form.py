"""The form as patients see it: five questions, of which the way they choose decides what else is asked."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clinic.core.time_zones import TIME_ZONE_CHOICES
from consults.enums import Age, CallWindow, ContactWay, ForWhom

from .call_windows import offered_windows
from .form_fields import EmailField, PhoneField
from .forms import ConsultForm

# Says which page a form comes from: the one with these questions bears it, those before it bore none.
LAYOUT_FIELD, LAYOUT = "layout", "2"
WAYS = [
    (ContactWay.CALL.value, pgettext_lazy("way to reach you", "Call")),
    (ContactWay.TEXT.value, pgettext_lazy("way to reach you", "Text")),
    (ContactWay.EMAIL.value, pgettext_lazy("way to reach you", "E-mail")),
]
FOR_WHOM = [
    (ForWhom.ME.value, _("For me, I'm 18 or over")),
    (ForWhom.SOMEBODY_ELSE.value, _("For someone else who is 18 or over")),
]
EMAIL_FIELDS = ("email", "second_email")
BY_PHONE = (ContactWay.CALL, ContactWay.TEXT)
# What is asked only of those who chose one of these ways. All else that came along is let go unread.
ASKED_FOR = {
    "phone": BY_PHONE,
    "second_email": BY_PHONE,
    "times": BY_PHONE,
    "time_zone": BY_PHONE,
    "voicemail": (ContactWay.CALL,),
    "voicemail_name": (ContactWay.CALL,),
    "texting": (ContactWay.TEXT,),
    "email": (ContactWay.EMAIL,),
    "second_phone": (ContactWay.EMAIL,),
}


class PatientForm(ConsultForm):
    """What a patient answers. ``cleaned_data`` has the names of the form that staff fill in."""

    asks_for_either = False

    for_whom = forms.ChoiceField(
        label=_("Who is it for?"),
        choices=lambda: FOR_WHOM,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who it is for."),
            "invalid_choice": _("Choose who it is for."),
        },
    )
    way = forms.ChoiceField(
        label=_("How may we reach you?"),
        choices=lambda: WAYS,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how we may reach you."),
            "invalid_choice": _("Choose how we may reach you."),
        },
    )
    second_phone = PhoneField(label=_("Phone number"), max_length=80, required=False)
    second_email = EmailField(label=_("E-mail address"), max_length=254, required=False)
    times = forms.TypedMultipleChoiceField(
        label=_("When?"),
        choices=lambda: CallWindow.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose times from the list.")},
    )
    time_zone = forms.ChoiceField(
        label=_("Your time zone"),
        required=False,
        error_messages={"invalid_choice": _("Choose your time zone.")},
    )
    # The first question says 18 or over, and the page after the form offers the copy.
    age = None
    copy = None

    field_order = ["for_whom", "state", "name", "way", "phone", "email", "voicemail", "voicemail_name",
                   "texting", "second_email", "second_phone", "times", "time_zone", "note", "needs", "topic",
                   "location", "heard_from", "contact"]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # First, so that it is the one where none was chosen.
        own = self.facts.zone.key
        others = [(zone, name) for zone, name in TIME_ZONE_CHOICES if zone != own]
        self.fields["time_zone"].choices = [(own, dict(TIME_ZONE_CHOICES).get(own, own)), *others]
        if not self.facts.asks_heard_from:
            del self.fields["heard_from"]

    def only_what_was_asked(self, data):
        """Let go what belongs to ways that weren't chosen, and give the rest the names that are stored."""
        way = data.get("way")
        for name, ways in ASKED_FOR.items():
            if way not in ways:
                self.errors.pop(name, None)
                data[name] = [] if name == "times" else ""
        given_second = {name: data.pop(f"second_{name}", "") for name in ("phone", "email")}
        if way:
            second = "email" if way in BY_PHONE else "phone"
            data[second] = given_second[second]
        # One box gives both permissions where its words name the clinic.
        data["voicemail"] = data["voicemail"] or data["voicemail_name"]
        if "time_zone" not in self.errors:
            data["time_zone"] = data["time_zone"] or self.facts.zone.key
        data.setdefault("heard_from", "")
        data |= {"age": Age.ADULT.value, "copy": False}
        return data

    @property
    def own_zone(self):
        """The name of the clinic's time zone."""
        return dict(self.fields["time_zone"].choices)[self.facts.zone.key]

    def offered_times(self):
        """Return the boxes for times in which somebody works, and those that were ticked before."""
        offered = offered_windows(self.facts)
        return [
            box for box in self["times"].subwidgets if box.data["value"] in offered or box.data["selected"]
        ]

    @property
    def open_folds(self):
        """The folds that hold an answer or an error."""
        zone = self["time_zone"].value()
        return {
            "second": self._holds("second_phone", "second_email"),
            "zone": "time_zone" in self.errors or bool(zone) and zone != self.facts.zone.key,
            "more": self._holds("note", "needs", "topic", "location", "heard_from"),
        }

    def _holds(self, *names):
        asked = [name for name in names if name in self.fields]
        return any(name in self.errors or self[name].value() for name in asked)
