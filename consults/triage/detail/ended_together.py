"""What was ended together with a request: kept in the session, so that one tap undoes it.

Nothing is kept but columns that are clear anyway.
"""

from dataclasses import asdict

from django.utils.dateparse import parse_datetime

from consults import workflow
from consults.permissions import can_change_requests

SESSION_KEY = "consults_ended_together"
TIMES = ("next_action_at", "agreed_at")


def keep(request, consult, stood) -> None:
    """Keep how those stood that were ended with a request; the last ones alone."""
    if stood:
        kept = {str(pk): _as_texts(asdict(before)) for pk, before in stood.items()}
        request.session[SESSION_KEY] = {"with": consult.pk, "stood": kept}


def forget(request) -> None:
    """Keep nothing any more."""
    request.session.pop(SESSION_KEY, None)


def kept_in(request, consult) -> dict[int, workflow.Stood]:
    """Return by key how those stood that were last ended in this session together with a request."""
    kept = request.session.get(SESSION_KEY, {})
    if kept.get("with") != consult.pk:
        return {}
    return {int(pk): workflow.Stood(**_as_moments(before)) for pk, before in kept["stood"].items()}


def still_open(request, consult, thread) -> dict:
    """Return for the page which of the others are open, and which one tap opens again."""
    others = [one.consult for one in thread]
    context = {"is_linked": bool(consult.same_as_id or others)}
    if not can_change_requests(request.user):
        return context
    stood = kept_in(request, consult)
    return {
        **context,
        "others_open": [one for one in others if one.is_open],
        "others_ended": [one for one in others if one.pk in stood and one.version == stood[one.pk].version],
    }


def _as_texts(before):
    return before | {name: before[name] and before[name].isoformat() for name in TIMES}


def _as_moments(before):
    return before | {name: before[name] and parse_datetime(before[name]) for name in TIMES}
