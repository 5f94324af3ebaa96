"""Taking back what one did a moment ago: what the session keeps of it, and the button that asks for it."""

import time

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.views import View

from consults import workflow
from consults.audited_views import ChangeMixin
from consults.triage.what_was_done import in_words

from .conflict import seen_version
from .going_on import to_list, to_request
from .page import found_by_desk

SESSION_KEY = "consults_last_change"
TOO_LATE = "{}: nothing was taken back, since more than a minute has passed or it can’t be taken back any more."
CHANGED_SINCE = "{}: nothing was taken back, since it was changed in the meantime. This is how it stands."


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
    """Return what the button needs to take back the last change; None a minute after it."""
    kept = request.session.get(SESSION_KEY)
    if not kept or time.time() - kept["at"] > workflow.UNDO_SECONDS:
        return None
    return kept


class UndoView(ChangeMixin, View):
    """Taking back the last change of this session, once."""

    def post(self, request, pk):
        """Bring the request back to where it stood, or say why not."""
        consult = get_object_or_404(found_by_desk(), pk=pk)
        kept = request.session.pop(SESSION_KEY, None)
        seen = seen_version(request.POST)
        if not kept or (kept["pk"], kept["version"]) != (pk, seen):
            messages.error(request, TOO_LATE.format(consult))
            return to_request(request, pk)
        try:
            done = workflow.undo(consult, actor=request.user, version=seen, before=kept["before"])
        except workflow.StaleRequest:
            messages.error(request, CHANGED_SINCE.format(consult))
            return to_request(request, pk)
        except workflow.InvalidTransition:
            messages.error(request, TOO_LATE.format(consult))
            return to_request(request, pk)
        messages.success(request, f"{consult}: {in_words(consult, done)}")
        return to_list(request) if "to_list" in request.POST else to_request(request, pk)
