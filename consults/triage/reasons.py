"""Why a request stands where it stands in the list, in a few words."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from clinic.core.facts import read_facts
from clinic.core.opening_hours import format_time
from consults.enums import CallWindow, Priority, Status
from consults.workflow.windows import suits, window_at

from .clock import left_in_words, minutes_left


def reasons_for(request, now) -> list[str]:
    """Return the reasons, the weightiest first; ``now`` is an aware moment."""
    return [
        reason
        for reason in (
            request.get_priority_display() if request.priority != Priority.NONE else "",
            _their_time(request, now),
            _what_is_due(request, now),
            _attempts(request),
            read_facts().name_of(request.location),
        )
        if reason
    ]


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
    due = timezone.localtime(request.next_action_at)
    when = format_time(due.time())
    if due.date() != timezone.localtime(now).date():
        when = f"{due:%b} {due.day}, {when}"
    if request.is_agreed:
        return f"call back agreed for {when}"
    return f"{'see whether they came:' if request.status == Status.BOOKED else 'next try'} {when}"


def _attempts(request):
    if not request.attempts:
        return ""
    allowed = len(settings.CONSULTS_CADENCE_HOURS) + 1
    if request.status == Status.WORKING:
        return f"{request.attempts} of {allowed} tries made"
    return f"{request.attempts} {'try' if request.attempts == 1 else 'tries'} made"
