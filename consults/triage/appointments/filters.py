"""Which appointments a list shows: a day or a week, of one place or of all, as its address says it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.urls import reverse
from django.utils import timezone

from clinic.core.bounded_forms import BoundedForm
from clinic.core.date_inputs import DayInput
from clinic.core.facts import read_facts

from .clocks import zone_of

FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)
DAY, WEEK = "day", "week"
# So many days each.
SPANS = {DAY: 1, WEEK: 7}


class ListForm(BoundedForm):
    """A day, how much from it on, and a place."""

    day = forms.DateField(
        required=False, widget=DayInput, error_messages={"invalid": "Enter a day, such as 2026-12-08."}
    )
    span = forms.ChoiceField(label="Show", required=False, choices=[(DAY, "One day"), (WEEK, "A week")])
    place = forms.ChoiceField(label="Where", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "Everywhere"), *read_facts().choice_of_locations]

    def clean_day(self):
        """Refuse a day that no calendar of a clinic has."""
        day = self.cleaned_data["day"]
        if day and not FIRST <= day <= LAST:
            raise forms.ValidationError("Choose a day between 2000 and 2199.")
        return day


@dataclass(frozen=True)
class Filters:
    """What a list shows, by the clocks of its place; of all places by the clinic's."""

    first: date
    span: str = DAY
    place: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """By whose clocks its days begin."""
        return zone_of(self.place)

    @property
    def days(self) -> list[date]:
        """The days it shows."""
        return [self.first + timedelta(days=n) for n in range(SPANS[self.span])]

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """From which aware moment on it shows what starts, and before which."""
        midnight = datetime.combine(self.first, time.min, tzinfo=self.zone)
        end = datetime.combine(self.first + timedelta(days=SPANS[self.span]), time.min, tzinfo=self.zone)
        return midnight, end

    @property
    def query(self) -> str:
        """It, as the end of an address."""
        chosen = {"day": self.first.isoformat(), "span": self.span, "place": self.place}
        return urlencode({name: value for name, value in chosen.items() if value})

    @property
    def url(self) -> str:
        """The address of the list."""
        return f"{reverse('consult_appointments:index')}?{self.query}"

    def later(self, spans: int) -> "Filters":
        """Return the same, so many days or weeks later."""
        day = self.first + timedelta(days=spans * SPANS[self.span])
        return filters_of(min(max(day, FIRST), LAST), self.span, self.place)


def filters_of(day, span, place) -> Filters:
    """Return filters; a week begins with its Monday. Without a day it is today by the clocks of the place."""
    day = day or timezone.now().astimezone(zone_of(place)).date()
    span = span or DAY
    return Filters(day - timedelta(days=day.weekday()) if span == WEEK else day, span, place)


def list_in(request) -> str:
    """Return the address of the list of appointments that the address of a page names; empty without one."""
    if "span" not in request.GET:
        return ""
    form = ListForm(request.GET)
    return filters_of(**form.cleaned_data).url if form.is_valid() else ""
