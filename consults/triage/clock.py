"""How long somebody has waited and how much of the target is left, in minutes the clinic was open."""

from django.conf import settings
from django.utils import timezone

from clinic.core.facts import read_facts
from clinic.core.opening_hours import opening_minutes


def minutes_left(request, now=None) -> int | None:
    """Return the opening minutes until the first attempt is late, negative after; None once it was made."""
    if request.first_attempt_at:
        return None
    hours = read_facts().hours_of(request.location)
    waited = opening_minutes(hours, request.created_at, now or timezone.now())
    return settings.CONSULTS_ATTEMPT_MINUTES - waited


def left_in_words(minutes) -> str:
    """Return what is left of the target."""
    if minutes >= 0:
        return f"{minutes} min left for the first call"
    late = -minutes
    hours, rest = divmod(late, 60)
    return f"first call {f'{hours} h {rest} min' if hours else f'{rest} min'} late"
