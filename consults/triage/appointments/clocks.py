"""Times as the clocks of a place show them: what no clock shows, what comes twice, and closed hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from clinic.core.facts import read_facts
from clinic.core.opening_hours import describe_periods, opening_minutes
from clinic.core.time_zones import TIME_ZONE_CHOICES
from consults.triage.in_words import time_as_said

FORMAT = "%Y-%m-%dT%H:%M"
SKIPPED = "There is no {time} on {day}: the clocks go forward then. Choose another time."
TWICE = "{time} comes twice on {day}, since the clocks go back."
# Beyond these no clock is set.
YEARS = range(2000, 2200)
ALL_THE_SAME = "Tick “Book it all the same” if somebody is there then."


class WallTimeField(forms.DateTimeField):
    """A day and a time as a clock shows them, without a zone: the form knows of which place."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=FORMAT)

    def to_python(self, value):
        """Return the naive time."""
        # Its clocks skip nothing.
        with timezone.override(UTC):
            moment = super().to_python(value)
        return moment and moment.replace(tzinfo=None)


class OwnClockField(forms.DateTimeField):
    """A moment by the reader's clock; one that it skips or shows twice is refused in words."""

    def to_python(self, value):
        """Return the aware moment."""
        try:
            return super().to_python(value)
        except forms.ValidationError as problem:
            wall = WallTimeField().to_python(value) if problem.code == "ambiguous_timezone" else None
            if wall is None or wall.year not in YEARS:
                raise
        said = TWICE if moments_of(wall, timezone.get_current_timezone()) else SKIPPED
        raise forms.ValidationError(f"{in_words(said, wall)}{' Choose another.' if said is TWICE else ''}")


def moments_of(wall: datetime, zone) -> list[datetime]:
    """Return when the clocks of a zone show a time, in UTC: not at all in a gap, twice in an overlap."""
    read = {wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(moment for moment in read if moment.astimezone(zone).replace(tzinfo=None, fold=0) == wall)


def in_words(said: str, wall: datetime) -> str:
    """Fill day and time into a sentence."""
    return said.format(time=time_as_said(wall.time()), day=date_format(wall, "DATE_FORMAT"))


def zone_of(location: str) -> ZoneInfo:
    """Return the zone by whose clocks a place has its appointments."""
    return ZoneInfo(read_facts().hours_of(location).zone)


def zone_in_words(moment: datetime, zone: ZoneInfo) -> str:
    """Return what the zone is called; where the clock shows the time twice, which of the two it is."""
    local = moment.astimezone(zone)
    name = str(dict(TIME_ZONE_CHOICES).get(zone.key, zone.key))
    is_twice = len(moments_of(local.replace(tzinfo=None, fold=0), zone)) > 1
    return f"{name}, {local.tzname()}" if is_twice else name


def closed_in_words(location: str, starts_at: datetime, minutes: int) -> str:
    """Return that a place is closed during some of an appointment; empty where it isn't, or nobody knows."""
    facts = read_facts()
    hours, name = facts.hours_of(location), facts.name_of(location) or "the clinic"
    ends_at = starts_at + timedelta(minutes=minutes)
    if opening_minutes(hours, starts_at, ends_at) >= minutes:
        return ""
    day = hours.local(starts_at).date()
    periods, special = hours.periods_on(day), hours.exception_on(day)
    said = f"On {date_format(day, 'l, F j')}, {name} is "
    said += f"open {describe_periods(periods)}" if periods else "closed"
    return f"{said} ({special.reason})." if special and special.reason else f"{said}."


def ask_if_closed(form, name: str, *, location: str, starts_at: datetime, minutes: int) -> None:
    """Add an error to a form where the place is closed then, unless its box ``off_hours`` is ticked."""
    closed = closed_in_words(location, starts_at, minutes)
    form.asks_off_hours = bool(closed)
    if closed and not form.cleaned_data.get("off_hours"):
        form.add_error(name, f"{closed} {ALL_THE_SAME}")


class OffHoursField(forms.BooleanField):
    """The box for an appointment at a time at which the place is closed."""

    def __init__(self):
        super().__init__(label="Book it all the same: somebody is there then", required=False)
