"""How much of the target for the first call is left, in the minutes in which it could have been made."""

from django.conf import settings
from django.utils import timezone

from clinic.core.facts import read_facts
from consults.workflow.transitions.windows import callable_minutes


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
