"""Opening what is linked with a request that somebody opens: one person, one thread."""

from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from consults.enums import Purpose, Status, TimelineAction
from consults.models import ConsultRequest
from consults.permissions import can_read_requests
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem
from consults.workflow.errors import NotAllowed
from consults.workflow.recording import note_together

from .emergency import may_open
from .opening import OpenedNote, note_mark, notes_in, open_record, replies_in

# The newest of them; more is no person's doing.
MOST_IN_THREAD = 50
# Suspected spam is opened by itself, by whoever decides about it.
UNDECIDED = [Status.QUARANTINE, Status.SPAM]


@dataclass(frozen=True)
class LinkedRequest:
    """Another request of the same person, opened; without contents where it doesn't open."""

    consult: ConsultRequest
    contents: dict | None
    notes: list[OpenedNote]


def with_notes(requests: QuerySet[ConsultRequest]) -> QuerySet[ConsultRequest]:
    """Bring along, for many requests at once, what ``opened`` reads."""
    return requests.select_related("assignee").prefetch_related(
        "notes__author", "replies__author", "replies__message"
    )


def opened(consult: ConsultRequest) -> LinkedRequest:
    """Return a request in clear, for this package alone: its callers check and note."""
    try:
        contents, record_key = open_record(consult)
        notes = [*notes_in(consult.notes.all(), record_key), *replies_in(consult.replies.all(), record_key)]
    # The others are shown all the same, and its own page says loudly what is wrong.
    except (EnvelopeProblem, KeyProblem):
        return LinkedRequest(consult, None, [])
    of_this = [replace(note, reference=consult.reference) for note in notes]
    return LinkedRequest(consult, contents, sorted(of_this, key=lambda note: note.created_at))


@transaction.atomic
def open_thread(consult: ConsultRequest, *, actor: User) -> list[LinkedRequest]:
    """Open the requests that are linked with an opened one, the newest first.

    It is noted on each timeline, and in the audit as one event with all references; they count as read.
    Raises NotAllowed, AuditProblem.
    """
    if not may_open(actor):
        raise NotAllowed
    people = ConsultRequest.objects.from_people().of_thread(consult.thread_id).with_contents()
    others = people.exclude(pk=consult.pk).exclude(status__in=UNDECIDED).order_by("-created_at", "-pk")
    linked = [opened(other) for other in with_notes(others)[:MOST_IN_THREAD]]
    read = [other.consult for other in linked if other.contents is not None]
    if read:
        purpose = Purpose.TRIAGE if can_read_requests(actor) else Purpose.EMERGENCY
        said = f"linked with {consult.reference}"
        # The rows first, then the audit, as every change does: so no two wait for one another.
        unread = _now_read(read)
        note_together(read, TimelineAction.VIEW, actor=actor, purpose=purpose, detail=said)
        for other in unread:
            note_mark(other, actor)
    return linked


def _now_read(requests):
    """Keep that they were read and return which nobody had; nobody's page becomes old by it."""
    unread = [consult for consult in requests if consult.seen_at is None]
    now, keys = timezone.now(), [consult.pk for consult in unread]
    if unread:
        ConsultRequest.objects.filter(pk__in=keys, seen_at=None).update(seen_at=now)
    for consult in unread:
        consult.seen_at = now
    return unread
