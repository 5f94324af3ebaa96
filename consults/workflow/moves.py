"""What the front desk does to a request. Each change writes to the timeline in the same transaction."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from consults.enums import OPEN_STATUSES, TRANSITIONS, UNCLAIMED_STATUSES, Status, TimelineAction
from consults.models import ConsultNote, ConsultRequest, TimelineEvent
from consults.permissions import can_change_requests
from consults.sealing.notes import seal_note

from .accepting import queue_notices
from .errors import InvalidTransition, NotAllowed, StaleRequest
from .reading import open_record


def claim(request: ConsultRequest, *, actor, version: int) -> None:
    """Make the actor responsible for a new request. Raises NotAllowed, InvalidTransition, StaleRequest."""
    _refuse_stale(request, version)
    if request.status != Status.NEW:
        raise InvalidTransition
    _change(
        request,
        actor=actor,
        version=version,
        action=TimelineAction.CLAIM,
        status=Status.WORKING,
        assignee=actor,
    )


def change_status(request: ConsultRequest, *, actor, version: int, status: str, reason: str = "") -> None:
    """Move a request; the same status again does nothing.

    Raises NotAllowed, InvalidTransition (an unknown move, or a closing without a reason), StaleRequest.
    """
    if status == request.status:
        return
    _refuse_stale(request, version)
    if status not in TRANSITIONS[request.status] or (status == Status.CLOSED) != bool(reason):
        raise InvalidTransition
    assignee = None if status in UNCLAIMED_STATUSES else request.assignee or actor
    _change(
        request,
        actor=actor,
        version=version,
        action=TimelineAction.STATUS,
        status=status,
        assignee=assignee,
        closed_reason=reason,
    )


@transaction.atomic
def add_note(request: ConsultRequest, *, actor, text: str) -> ConsultNote:
    """Add a sealed note. Raises NotAllowed, EnvelopeProblem, KeyProblem."""
    if not can_change_requests(actor):
        raise NotAllowed
    _contents, record_key = open_record(request)
    note = ConsultNote(request=request, author=actor)
    note.sealed = seal_note(text, note_id=str(note.pk), record_key=record_key)
    note.save()
    TimelineEvent.objects.create(request=request, actor=actor, action=TimelineAction.NOTE)
    return note


def _refuse_stale(request, version):
    """Say at once that the page was old, before a rule speaks of a state its reader never saw."""
    if request.version != version:
        raise StaleRequest


@transaction.atomic
def _change(request, *, actor, version, action, status, assignee, closed_reason=""):
    """Write a change if the request is still as the actor saw it, and nothing otherwise."""
    if not can_change_requests(actor):
        raise NotAllowed
    before, now = request.status, timezone.now()
    is_open = status in OPEN_STATUSES
    written = ConsultRequest.objects.filter(pk=request.pk, version=version).update(
        status=status,
        assignee=assignee,
        closed_reason=closed_reason,
        next_action_at=(request.next_action_at or now) if is_open else None,
        closed_at=None if is_open else request.closed_at or now,
        version=F("version") + 1,
        updated_at=now,
    )
    if not written:
        raise StaleRequest
    TimelineEvent.objects.create(
        request=request, actor=actor, action=action, from_status=before, to_status=status
    )
    request.refresh_from_db()
    if before == Status.QUARANTINE and status == Status.NEW:
        queue_notices(request)
