"""Why a request stands where it stands in the list, in a few words."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from clinic.core.facts import read_facts
from clinic.core.opening_hours import format_time
from consults import crisis
from consults.enums import CallWindow, Priority, Status
from consults.triage.in_words import moment_in_words
from consults.workflow.transitions.windows import suits, window_at

from .clock import left_in_words, minutes_left


def reasons_for(request, now) -> list[str]:
    """Return the reasons, the weightiest first; ``now`` is an aware moment."""
    return [
        reason
        for reason in (
            request.get_priority_display() if request.priority != Priority.NONE else "",
            handed_in_words(request),
            _their_time(request, now),
            _what_is_due(request, now),
            _attempts(request),
            read_facts().name_of(request.location),
        )
        if reason
    ]


def handed_in_words(request) -> str:
    """Return that and when a request was handed to the clinician; empty where that wasn't looked up."""
    handed_at = getattr(request, "handed_at", None)
    if handed_at is None:
        return ""
    return f"Handed to {crisis.clinician() or 'the clinician'}, {moment_in_words(handed_at)}"


def _their_time(request, now):
    zone = request.time_zone
    clock = f"{format_time(now.astimezone(ZoneInfo(zone)).time())} their time"
    if window_at(now, zone) is None:
        return f"{clock}: too early or too late to call"
    wishes = "; ".join(str(w.label) for w in CallWindow if request.best_times & w)
    if not wishes:
        return f"any time; {clock}"
    if suits(request.best_times, now, zone):
        return f"asked for this time; {clock}"
    return f"asked for {wishes}; {clock}"


def _what_is_due(request, now):
    left = minutes_left(request, now)
    if left is not None:
        return left_in_words(left)
    if request.status == Status.BOOKED:
        return f"see whether they came: {_short(request.agreed_at or request.next_action_at, now)}"
    if request.agreed_at:
        return f"call back agreed for {_short(request.agreed_at, now)}"
    return f"next try {_short(request.next_action_at, now)}"


def _short(moment, now):
    """Return a time, with its day where that isn't today."""
    clock = timezone.localtime(moment)
    is_today = clock.date() == timezone.localtime(now).date()
    return format_time(clock.time()) if is_today else moment_in_words(moment)


def _attempts(request):
    if not request.attempts:
        return ""
    if request.unanswered and request.status != Status.BOOKED:
        allowed = len(settings.CONSULTS_CADENCE_HOURS) + 1
        since = " since you spoke" if request.reached_at else ""
        return f"{request.unanswered} of {allowed} tries made{since}"
    return f"{request.attempts} {'try' if request.attempts == 1 else 'tries'} made"
