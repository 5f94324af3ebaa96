"""The one place that writes to a stored request, and only if it still is as its reader saw it."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from consults.enums import CLOSED_STATUSES, OPEN_STATUSES, Status
from consults.models import ConsultRequest
from consults.permissions import can_change_requests

from .accepting import queue_notices
from .errors import InvalidTransition, NotAllowed, StaleRequest
from .history import note

NO_PART_OF_THE_QUEUE = [Status.QUARANTINE, Status.SPAM]


def refuse_stale(request, version):
    """Say at once that the page was old, before a rule speaks of a state its reader never saw."""
    if request.version != version:
        raise StaleRequest


@transaction.atomic
def change(request, *, actor, version, action, status=None, outcome="", **columns):
    """Write a change if the request is still as the actor saw it, and nothing otherwise.

    Raises NotAllowed, InvalidTransition (its contents were removed), StaleRequest, AuditProblem.
    """
    if not can_change_requests(actor):
        raise NotAllowed
    if request.purged_at:
        raise InvalidTransition
    before, now = request.status, timezone.now()
    status = status or before
    columns = {**_times(request, status, now), **columns}
    written = ConsultRequest.objects.filter(pk=request.pk, version=version).update(
        status=status, version=F("version") + 1, updated_at=now, **columns
    )
    if not written:
        raise StaleRequest
    request.refresh_from_db()
    note(request, action, actor=actor, from_status=before, to_status=status, outcome=outcome)
    # Nothing was sent of what looked like spam from the start; what was sent already isn't sent again.
    if before in NO_PART_OF_THE_QUEUE and status in OPEN_STATUSES:
        queue_notices(request)


def _times(request, status, now):
    """Return the columns that follow from the status: no open request without a next action."""
    if status in OPEN_STATUSES:
        planned = request.next_action_at if request.is_open else None
        return {"next_action_at": planned or now, "closed_at": None}
    if status == request.status == Status.QUARANTINE:
        return {}
    closed_at = request.closed_at or now if status in CLOSED_STATUSES else None
    return {"next_action_at": None, "closed_at": closed_at}
