"""Why a request stands where it stands in the list, in a few words, and how late its first call is."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from clinic.core.facts import read_facts
from consults import crisis
from consults.enums import CallWindow, ContactWay, Priority, Status, TimelineAction
from consults.triage.appointments.reasons import (
    appointment_ahead,
    has_call_agreed,
    place_of,
    what_happened,
    what_to_do,
)
from consults.triage.in_words import moment_as_said, time_as_said
from consults.workflow.transitions.windows import callable_minutes, suits, window_at

from .site_changes import closure_in_words, given_back_in_words


def reasons_for(consult, now) -> list[str]:
    """Return the reasons, the weightiest first; ``now`` is an aware moment."""
    return [
        reason
        for reason in (
            consult.get_priority_display() if consult.priority != Priority.NONE else "",
            handed_in_words(consult),
            later_in_words(consult),
            closure_in_words(consult),
            _their_time(consult, now),
            what_happened(consult, now),
            _what_is_due(consult, now),
            given_back_in_words(consult),
            _attempts(consult),
            _place(consult, now),
        )
        if reason
    ]


def plans_for(consult, now) -> list[str]:
    """Return why a request that isn't due yet comes up again, the weightiest first."""
    return [
        reason
        for reason in (
            consult.get_priority_display() if consult.priority != Priority.NONE else "",
            handed_in_words(consult),
            later_in_words(consult),
            what_happened(consult, now),
            closure_in_words(consult),
            _what_is_planned(consult, now),
            given_back_in_words(consult),
            _attempts(consult),
            read_facts().name_of(place_of(consult)),
        )
        if reason
    ]


def what_comes_up(consult, now) -> str:
    """Return what is to be done about an open request, and when where that is later."""
    if consult.next_action_at <= now:
        return _what_is_due(consult, now)
    return f"{_what_is_planned(consult, now)}, {moment_as_said(consult.next_action_at, now)}"


def handed_in_words(consult) -> str:
    """Return that and when a request was handed to the clinician; empty where that wasn't looked up."""
    handed_at = getattr(consult, "handed_at", None)
    if handed_at is None:
        return ""
    return f"Handed to {crisis.clinician() or 'the clinician'}, {moment_as_said(handed_at, timezone.now())}"


def later_in_words(consult) -> str:
    """Return that the same person sent another one since; empty where they didn't, or it wasn't looked up."""
    later = getattr(consult, "later_reference", None)
    return f"the same person sent {later} since: go by that one" if later else ""


def last_in_words(event, now) -> str:
    """Return what was done last, when and by whom; empty where nobody did anything yet."""
    if event is None:
        return ""
    done = event.get_outcome_display() or event.get_action_display()
    if event.action == TimelineAction.UNDO:
        done = event.get_action_display()
    by = f" by {event.actor.get_username()}" if event.actor else ""
    return f"{done}{by}, {moment_as_said(event.at, now)}"


def _their_time(consult, now):
    # An e-mail wakes nobody.
    if consult.way == ContactWay.EMAIL:
        return ""
    zone = consult.time_zone
    clock = f"{time_as_said(now.astimezone(ZoneInfo(zone)).time())} their time"
    if window_at(now, zone) is None:
        return f"{clock}: too early or too late to {'text' if consult.way == ContactWay.TEXT else 'call'}"
    wishes = "; ".join(str(w.label) for w in CallWindow if consult.best_times & w)
    if not wishes:
        return f"any time; {clock}"
    if suits(consult.best_times, now, zone):
        return f"asked for this time; {clock}"
    return f"asked for {wishes}; {clock}"


def _what_is_due(consult, now):
    left = minutes_left(consult, now)
    if left is not None:
        return left_in_words(left)
    if has_call_agreed(consult):
        return f"call back agreed for {_short(consult.agreed_at, now)}{appointment_ahead(consult, now)}"
    if to_do := what_to_do(consult, now):
        return to_do
    if consult.status == Status.BOOKED:
        return f"see whether they came: {_short(consult.agreed_at or consult.next_action_at, now)}"
    if consult.agreed_at:
        return f"call back agreed for {_short(consult.agreed_at, now)}"
    return f"next try {_short(consult.next_action_at, now)}"


def _what_is_planned(consult, now):
    if has_call_agreed(consult):
        is_then = consult.agreed_at == consult.next_action_at
        agreed = (
            "call back as agreed" if is_then else f"call back agreed for {_short(consult.agreed_at, now)}"
        )
        return f"{agreed}{appointment_ahead(consult, now)}"
    if to_do := what_to_do(consult, now):
        return to_do
    if consult.status == Status.CONVERTED:
        return "still to be seen"
    if consult.status == Status.BOOKED:
        return "see whether they came"
    return "next try" if consult.first_attempt_at else "first call"


def _place(consult, now):
    """Return the location, where there are several, and until when it is closed."""
    facts = read_facts()
    name, hours = facts.name_of(consult.location), facts.hours_of(consult.location)
    if not name or not hours or hours.is_open(now):
        return name
    opens = hours.next_opening(now)
    return f"{name}, closed until {moment_as_said(opens, now)}" if opens else f"{name}, closed"


def _short(moment, now):
    """Return a time, with its day where that isn't today."""
    clock = timezone.localtime(moment)
    is_today = clock.date() == timezone.localtime(now).date()
    return time_as_said(clock.time()) if is_today else moment_as_said(moment, now)


def _attempts(consult):
    if not consult.attempts:
        return ""
    if consult.unanswered and consult.status != Status.BOOKED:
        allowed = len(settings.CONSULTS_CADENCE_HOURS) + 1
        since = " since you spoke" if consult.reached_at else ""
        return f"{consult.unanswered} of {allowed} tries made{since}"
    return f"{consult.attempts} {'try' if consult.attempts == 1 else 'tries'} made"


def minutes_left(consult, now=None) -> int | None:
    """Return the minutes until the first attempt is late, negative after; None once it was made.

    Those count in which the clinic was open and the person could be called.
    """
    if consult.first_attempt_at:
        return None
    hours = read_facts().hours_of(consult.location)
    waited = callable_minutes(
        hours,
        consult.created_at,
        now or timezone.now(),
        best_times=consult.best_times,
        zone=consult.time_zone or hours.zone,
    )
    return settings.CONSULTS_ATTEMPT_MINUTES - waited


def left_in_words(minutes) -> str:
    """Return what is left of the target."""
    if minutes >= 0:
        return f"{minutes} min left for the first call"
    late = -minutes
    hours, rest = divmod(late, 60)
    return f"first call {f'{hours} h {rest} min' if hours else f'{rest} min'} late"
