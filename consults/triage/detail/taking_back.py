"""What the session keeps so that it can be taken back: the last change, and what was ended together with it.

The session is sealed, and nothing is kept but columns that are clear anyway.
"""

import time
from dataclasses import asdict

from django.utils.dateparse import parse_datetime

from consults import workflow

LAST_CHANGE = "consults_last_change"
ENDED_TOGETHER = "consults_ended_together"
TIMES = ("next_action_at", "agreed_at")


def remember(request, consult, done, before) -> None:
    """Keep for a minute what a change began from, where it can be taken back."""
    request.session.pop(LAST_CHANGE, None)
    if workflow.may_undo(done, consult, before):
        request.session[LAST_CHANGE] = {
            "pk": consult.pk,
            "reference": consult.reference,
            "version": consult.version,
            "at": int(time.time()),
            "before": before,
        }


def last_change_of(request) -> dict | None:
    """Return what was kept of the last change; None a minute after it."""
    kept = request.session.get(LAST_CHANGE)
    if not kept or time.time() - kept["at"] > workflow.UNDO_SECONDS:
        return None
    return kept


def forget(request) -> None:
    """Keep the last change no longer."""
    request.session.pop(LAST_CHANGE, None)


def remember_ended(request, consult, stood) -> None:
    """Keep how those stood that were ended with a request; the last ones alone."""
    if stood:
        kept = {str(pk): _as_texts(asdict(before)) for pk, before in stood.items()}
        request.session[ENDED_TOGETHER] = {"with": consult.pk, "stood": kept}


def ended_with(request, consult) -> dict[int, workflow.Stood]:
    """Return by key how those stood that were last ended in this session together with a request."""
    kept = request.session.get(ENDED_TOGETHER, {})
    if kept.get("with") != consult.pk:
        return {}
    return {int(pk): workflow.Stood(**_as_moments(before)) for pk, before in kept["stood"].items()}


def forget_ended(request) -> None:
    """Keep those no longer."""
    request.session.pop(ENDED_TOGETHER, None)


def _as_texts(before):
    return before | {name: before[name] and before[name].isoformat() for name in TIMES}


def _as_moments(before):
    return before | {name: before[name] and parse_datetime(before[name]) for name in TIMES}
