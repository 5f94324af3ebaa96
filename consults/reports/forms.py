"""Which days somebody asks for."""

from datetime import date

from django import forms

from clinic.core.bounded_forms import BoundedForm
from clinic.core.facts import read_facts

from .periods import CHOICES, Period, last_days, today

EARLIEST = date(2000, 1, 1)
MOST_DAYS = 366
NO_DAY = "This is no day of the calendar. Choose one, or write it like 2026-11-30."


def _day(label, missing):
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": NO_DAY},
    )


class PeriodForm(BoundedForm):
    """The first and the last day of a period."""

    since = _day("From", "Choose the first day.")
    until = _day("To", "Choose the last day.")

    def clean_since(self):
        """Refuse what no report can begin with."""
        return self._possible("since")

    def clean_until(self):
        """Refuse what no report can end with."""
        return self._possible("until")

    def clean(self):
        """Say it where the two don't make a period."""
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day lies before the first one. Choose them again.")
        elif since and until and (until - since).days >= MOST_DAYS:
            self.add_error("until", f"Choose {MOST_DAYS} days or fewer: a longer time in several parts.")
        return data

    def _possible(self, name):
        day = self.cleaned_data[name]
        if day > today():
            raise forms.ValidationError("This day is still to come. Choose today or an earlier one.")
        if day < EARLIEST:
            raise forms.ValidationError(f"Choose a day from the year {EARLIEST.year} on.")
        return day


def asked_for(data):
    """Return the form and the period that an address asks for; no period where it asks for what can't be.

    The last 30 days where it names neither days nor a number of them that is offered.
    """
    if "since" in data or "until" in data:
        form = PeriodForm(data)
        return form, _period_of(form) if form.is_valid() else None
    days = next((days for days in CHOICES if data.get("days") == str(days)), CHOICES[0])
    period = last_days(days)
    return PeriodForm(initial={"since": period.first_day, "until": period.last_day}), period


def _period_of(form):
    return Period(form.cleaned_data["since"], form.cleaned_data["until"], read_facts().zone)
