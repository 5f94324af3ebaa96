"""What the front desk does to a request. Each change writes timeline and audit in the same transaction."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from consults.enums import OPEN_STATUSES, TRANSITIONS, UNCLAIMED_STATUSES, Priority, Status, TimelineAction
from consults.models import ConsultNote
from consults.permissions import can_change_requests
from consults.sealing.notes import seal_note

from .accepting import queue_for_clinician
from .changing import change, refuse_stale
from .errors import InvalidTransition, NotAllowed, SecondPersonNeeded, UnreadRequest
from .history import note
from .reading import open_record
from .second_person import ENDS, needs_second_person

LONGEST_SNOOZE = timedelta(days=14)


def claim(request, *, actor, version: int) -> None:
    """Make the actor responsible for a new request. Raises NotAllowed, InvalidTransition, StaleRequest."""
    refuse_stale(request, version)
    if request.status != Status.NEW:
        raise InvalidTransition
    change(
        request,
        actor=actor,
        version=version,
        action=TimelineAction.CLAIM,
        status=Status.WORKING,
        assignee=actor,
    )


def assign(request, *, actor, version: int, assignee) -> None:
    """Give an open request to somebody who may answer it. Raises like ``claim``."""
    refuse_stale(request, version)
    if request.status not in OPEN_STATUSES or not can_change_requests(assignee):
        raise InvalidTransition
    change(
        request,
        actor=actor,
        version=version,
        action=TimelineAction.ASSIGN,
        status=request.status_when_taken,
        assignee=assignee,
    )


def change_status(request, *, actor, version: int, status: str, reason: str = "") -> None:
    """Move a request; the same status again does nothing.

    Where a second person is needed to end it, the wish is noted and the request stays as it is.
    Raises NotAllowed, InvalidTransition (an unknown move, or a closing without a reason), UnreadRequest
    (nobody has read what is to be closed), StaleRequest.
    """
    if status == request.status:
        return
    refuse_stale(request, version)
    if status not in TRANSITIONS[request.status] or (status == Status.CLOSED) != bool(reason):
        raise InvalidTransition
    if status == Status.CLOSED and request.seen_at is None:
        raise UnreadRequest
    if status in ENDS and needs_second_person(request, actor=actor):
        change(request, actor=actor, version=version, action=TimelineAction.ASK_CLOSE)
        return
    change(
        request,
        actor=actor,
        version=version,
        action=TimelineAction.STATUS,
        status=status,
        assignee=None if status in UNCLAIMED_STATUSES else request.assignee or actor,
        closed_reason=reason,
    )


def snooze(request, *, actor, version: int, until) -> None:
    """Put an open request off until an aware moment within two weeks. Raises like ``claim``."""
    refuse_stale(request, version)
    now = timezone.now()
    if request.status not in OPEN_STATUSES or not now < until <= now + LONGEST_SNOOZE:
        raise InvalidTransition
    change(request, actor=actor, version=version, action=TimelineAction.SNOOZE, next_action_at=until)


def set_priority(request, *, actor, version: int, priority: int) -> None:
    """Say how urgently a request is to be read. Raises like ``claim``, and SecondPersonNeeded."""
    refuse_stale(request, version)
    if priority not in Priority.values:
        raise InvalidTransition
    if priority < request.priority and needs_second_person(request, actor=actor):
        raise SecondPersonNeeded
    with transaction.atomic():
        change(request, actor=actor, version=version, action=TimelineAction.PRIORITY, priority=priority)
        queue_for_clinician(request)


def link(request, *, actor, version: int, same_as) -> None:
    """Say that an earlier request is of the same person; both stay as they are. Raises like ``claim``."""
    refuse_stale(request, version)
    # The first one leads, so that no chain and no circle comes about.
    leader = same_as.same_as or same_as
    if leader.pk == request.pk or leader.created_at > request.created_at or request.repeats.exists():
        raise InvalidTransition
    change(request, actor=actor, version=version, action=TimelineAction.LINK, same_as=leader)


def unlink(request, *, actor, version: int) -> None:
    """Take that back. Raises like ``claim``."""
    refuse_stale(request, version)
    if request.same_as_id is None:
        raise InvalidTransition
    change(request, actor=actor, version=version, action=TimelineAction.UNLINK, same_as=None)


@transaction.atomic
def add_note(request, *, actor, text: str) -> ConsultNote:
    """Add a sealed note. Raises NotAllowed, AuditProblem, EnvelopeProblem, KeyProblem."""
    if not can_change_requests(actor):
        raise NotAllowed
    _contents, record_key = open_record(request)
    written = ConsultNote(request=request, author=actor)
    written.sealed = seal_note(text, note_id=str(written.pk), record_key=record_key)
    written.save()
    note(request, TimelineAction.NOTE, actor=actor)
    return written
