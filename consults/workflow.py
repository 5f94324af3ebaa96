"""The life of a request. These functions are the only writers, and the only ones to open one.

Each writes what happened to the timeline in the same transaction as the change itself.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from consults.enums import TRANSITIONS, UNCLAIMED_STATUSES, Status, TimelineAction
from consults.models import ConsultNote, ConsultRequest, OutboxMessage, TimelineEvent
from consults.permissions import can_change_requests, can_read_requests
from consults.sealing.envelope import open_envelope, seal
from consults.sealing.keys import parse_sealing_key, parse_sealing_keys
from consults.sealing.notes import open_note, seal_note


class NotAllowed(Exception):
    """The user lacks the right."""


class InvalidTransition(Exception):
    """The request can't move there from where it stands, or a reason is missing."""


class StaleRequest(Exception):
    """Somebody else changed the request since it was read."""


@dataclass(frozen=True)
class Submission:
    """A valid request on its way in. ``contents`` is sealed, the rest is stored in clear."""

    reference: str
    idempotency_key: str
    contents: dict
    best_times: int
    time_zone: str
    source_section: str


@dataclass(frozen=True)
class OpenedNote:
    """A note in clear."""

    text: str
    author: str
    created_at: datetime


def accept(submission: Submission) -> bool:
    """Store a request and queue its notice; return whether it is new.

    The same submission again changes nothing. Raises django.db.DatabaseError when it can't be
    stored; then nothing is.
    """
    public_key = parse_sealing_key(settings.CONSULTS_SEALING_PUBLIC_KEY)
    envelope = seal(submission.contents, reference=submission.reference, public_key=public_key)
    with transaction.atomic():
        request, is_new = ConsultRequest.objects.get_or_create(
            idempotency_key=submission.idempotency_key,
            defaults={
                "reference": submission.reference,
                "envelope": envelope,
                "key_id": public_key.key_id,
                "best_times": submission.best_times,
                "time_zone": submission.time_zone,
                "source_section": submission.source_section,
            },
        )
        if is_new:
            TimelineEvent.objects.create(
                request=request, action=TimelineAction.SUBMIT, to_status=request.status
            )
            OutboxMessage.objects.create(
                template=OutboxMessage.Template.STAFF_NOTICE,
                recipient=OutboxMessage.Recipient.STAFF,
                reference=request.reference,
            )
    return is_new


def read(request: ConsultRequest, *, actor) -> tuple[dict, list[OpenedNote]]:
    """Open a request for somebody who may, and note that they did.

    Returns the contents and the notes. Raises NotAllowed, EnvelopeProblem, KeyProblem.
    """
    if not can_read_requests(actor):
        raise NotAllowed
    contents, record_key = _open(request)
    notes = [
        OpenedNote(
            open_note(n.sealed, note_id=str(n.pk), record_key=record_key),
            n.author.get_username(),
            n.created_at,
        )
        for n in request.notes.select_related("author")
    ]
    TimelineEvent.objects.create(request=request, actor=actor, action=TimelineAction.VIEW)
    return contents, notes


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
    _contents, record_key = _open(request)
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
    before = request.status
    written = ConsultRequest.objects.filter(pk=request.pk, version=version).update(
        status=status,
        assignee=assignee,
        closed_reason=closed_reason,
        version=F("version") + 1,
        updated_at=timezone.now(),
    )
    if not written:
        raise StaleRequest
    TimelineEvent.objects.create(
        request=request, actor=actor, action=action, from_status=before, to_status=status
    )
    request.refresh_from_db()


def _open(request):
    keys = parse_sealing_keys(settings.CONSULTS_SEALING_PRIVATE_KEYS)
    return open_envelope(request.envelope, reference=request.reference, private_keys=keys)
