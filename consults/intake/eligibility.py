"""Who the clinic can't help: told so on a page of its own, with where to turn. Nothing is stored."""

from clinic.core.facts import read_facts
from consults.enums import Age

from .states import ELSEWHERE, STATES

UNDER_AGE = "under_age"
OUTSIDE_AREA = "outside_area"


def exit_for(data) -> str | None:
    """Return which page somebody is led to, or None; ``data`` is what was posted."""
    if data.get("age") == Age.MINOR:
        return UNDER_AGE
    served = read_facts().service_states
    state = data.get("state", "")
    if served and state and state not in served and (state in dict(STATES) or state == ELSEWHERE):
        return OUTSIDE_AREA
    return None
