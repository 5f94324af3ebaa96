"""What the session keeps of the last change, so that it can be taken back for a minute."""

import time

from consults import workflow

SESSION_KEY = "consults_last_change"


def remember(request, consult, done, before):
    """Keep for a minute what a change began from, where it can be taken back; the session is sealed."""
    request.session.pop(SESSION_KEY, None)
    if workflow.may_undo(done, consult, before):
        request.session[SESSION_KEY] = {
            "pk": consult.pk,
            "reference": consult.reference,
            "version": consult.version,
            "at": int(time.time()),
            "before": before,
        }


def last_change_of(request) -> dict | None:
    """Return what was kept of the last change; None a minute after it."""
    kept = request.session.get(SESSION_KEY)
    if not kept or time.time() - kept["at"] > workflow.UNDO_SECONDS:
        return None
    return kept


def forget(request):
    """Keep it no longer."""
    request.session.pop(SESSION_KEY, None)
