"""What is agreed for an appointment, by the clock of its place."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from clinic.core.facts import read_facts
from consults.enums import Manner
from consults.models.appointments import USUAL_LENGTH
from consults.permissions import answering_users
from consults.triage.detail.forms import ActionForm
from consults.workflow import LATEST_APPOINTMENT

from .clocks import (
    FORMAT,
    SKIPPED,
    TWICE,
    OffHoursField,
    WallTimeField,
    ask_if_closed,
    in_words,
    moments_of,
    zone_in_words,
    zone_of,
)

LENGTHS = (15, 20, 30, 40, 45, 50, 60, 75, 90, 120, 150, 180, 240, 300, 360, 480)
OVER = "That time is over. Choose one that is still to come."
TOO_FAR = "Choose a time within 60 days."
WHICH = "Choose which one."
A_DAY = timedelta(days=1)


class MeantForm(ActionForm):
    """A change to one appointment: the very one that was shown with the button."""

    appointment = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": "It was not sent which appointment is meant. Open the request anew."},
    )


class AppointmentForm(MeantForm):
    """Day, time and what else is agreed; filled with what stands."""

    starts_at = WallTimeField(
        label="Day and time",
        error_messages={"required": "Choose day and time.", "invalid": "Enter a date and a time."},
    )
    which = forms.ChoiceField(label="Which of the two", required=False)
    off_hours = OffHoursField()
    minutes = forms.TypedChoiceField(
        label="Length", choices=[(n, f"{n} minutes") for n in LENGTHS], coerce=int, initial=USUAL_LENGTH
    )
    location = forms.ChoiceField(label="Where", error_messages={"required": "Choose where."})
    with_whom = forms.ModelChoiceField(
        label="With whom",
        queryset=None,
        required=False,
        empty_label="Not said yet",
        error_messages={"invalid_choice": "Choose somebody of the front desk."},
    )
    manner = forms.ChoiceField(label="How", choices=Manner.choices, initial=Manner.IN_PERSON)
    # Set where they are needed; the page shows them only then.
    asks_which = asks_off_hours = False

    def __init__(self, *args, consult, planned=None, initial=None, **kwargs):
        self.consult, self.planned = consult, planned
        self.stands = _stands(consult, planned)
        super().__init__(*args, initial={**self.stands, **(initial or {})}, **kwargs)
        if planned is None:
            del self.fields["appointment"]
        self.fields["which"].choices = [("", "Choose"), ("0", "The first one"), ("1", "The second one")]
        self.fields["with_whom"].queryset = _people(planned)
        places = read_facts().choice_of_locations
        self.fields["location"].choices = [("", "Choose"), *places]
        # Where there is nothing to choose, it stays as it stands.
        self.fields["location"].required = bool(places)

    @property
    def zone_label(self):
        """The name of the zone by whose clocks the time is."""
        return zone_in_words(timezone.now(), zone_of(self.stands["location"]))

    def clean(self):
        """Turn day and time into a moment, and ask where it is doubtful."""
        data = super().clean()
        wall, location = data.get("starts_at"), data.get("location") or self.stands["location"]
        if wall and "location" not in self.errors:
            self._judge(wall, location)
        if not read_facts().choice_of_locations:
            data["location"] = self.stands["location"]
        # They are none of what is agreed.
        data.pop("which", None)
        data.pop("off_hours", None)
        return data

    def _judge(self, wall, location):
        if problem := _out_of_reach(wall):
            self.add_error("starts_at", problem)
            return
        starts_at = self._moment(wall, zone_of(location))
        if starts_at is None:
            return
        now, is_same_time = timezone.now(), self.planned and starts_at == self.planned.starts_at
        if not is_same_time and not now < starts_at <= now + LATEST_APPOINTMENT:
            self.add_error("starts_at", OVER if starts_at <= now else TOO_FAR)
            return
        self.cleaned_data["starts_at"] = starts_at
        agreed = {
            "location": location,
            "starts_at": starts_at,
            "minutes": self.cleaned_data.get("minutes") or USUAL_LENGTH,
        }
        # Asked again whenever something else is agreed that the answer depends on.
        if self.planned is None or any(getattr(self.planned, name) != agreed[name] for name in agreed):
            ask_if_closed(self, "starts_at", **agreed)

    def _moment(self, wall, zone):
        """Return the moment; None, with an error, where the clock skips the time or it is not said which."""
        moments = moments_of(wall, zone)
        if not moments:
            self.add_error("starts_at", in_words(SKIPPED, wall))
            return None
        self.asks_which = len(moments) > 1
        if not self.asks_which:
            return moments[0]
        names = [
            f"The {nth} ({zone_in_words(at, zone)})"
            for nth, at in zip(("first", "second"), moments, strict=True)
        ]
        self.fields["which"].choices = [("", "Choose"), *zip(("0", "1"), names, strict=True)]
        which = self.cleaned_data.get("which")
        if not which:
            self.add_error("starts_at", f"{in_words(TWICE, wall)} {WHICH}")
            return None
        return moments[int(which)]


def _stands(consult, planned):
    """Return what is agreed, or usual."""
    if planned is None:
        return {"location": consult.location}
    local = planned.starts_at.astimezone(zone_of(planned.location))
    is_second = len(moments_of(local.replace(tzinfo=None, fold=0), local.tzinfo)) > 1
    return {
        "starts_at": f"{local:{FORMAT}}",
        "which": str(local.fold) if is_second else "",
        "minutes": planned.minutes,
        "location": planned.location,
        "appointment": planned.pk,
        "with_whom": planned.with_whom_id,
        "manner": planned.manner,
    }


def _people(planned):
    """Return who may see somebody: those who answer requests, and who was named already."""
    people = answering_users()
    if planned and planned.with_whom_id:
        return people | type(planned.with_whom).objects.filter(pk=planned.with_whom_id).order_by("username")
    return people


def _out_of_reach(wall):
    """Return why a time can't be, before anybody reckons with its zone: some zones know no such year."""
    today = timezone.now().replace(tzinfo=None)
    if wall < today - A_DAY - LATEST_APPOINTMENT:
        return OVER
    return TOO_FAR if wall > today + LATEST_APPOINTMENT + A_DAY else ""
