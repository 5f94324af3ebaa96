"""Opening requests: these functions alone lead to what somebody wrote, and each notes that it did."""

import contextlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from consults import audit
from consults.audit import Mark
from consults.enums import ContactWay, Priority, Purpose, Status, TimelineAction
from consults.models import ConsultRequest
from consults.permissions import can_change_requests, can_read_requests
from consults.sealing.envelope import EnvelopeProblem, open_envelope
from consults.sealing.keys import KeyProblem, parse_sealing_keys
from consults.sealing.texts import open_note, open_reply
from consults.workflow.errors import NoLongerWanted, NotAllowed, Purged
from consults.workflow.recording import note, note_together
from consults.workflow.transitions.second_person import AGREEING

from .emergency import may_open

# A look at a name in the list is no reading of the request.
NOTED_AS: dict[str, TimelineAction] = {
    Purpose.REVEAL: TimelineAction.REVEAL,
    Purpose.EXPORT: TimelineAction.EXPORT,
    Purpose.PRINT: TimelineAction.PRINT,
}
READ_FOR = {Purpose.TRIAGE, Purpose.EMERGENCY}
# What the audit says where somebody opens what the form never accepted. They see it all the same, with a
# warning: a person may be behind it.
UNACCEPTED = "{}: not accepted by the form"


@dataclass(frozen=True)
class OpenedNote:
    """A note in clear."""

    text: str
    author: str
    created_at: datetime
    # Of which request, where notes of several stand together.
    reference: str = field(default="", kw_only=True)


@dataclass(frozen=True)
class OpenedReply(OpenedNote):
    """An e-mail to the person, in clear; ``base`` is what the template had said."""

    subject: str
    base: str
    template_name: str
    sent_at: datetime | None
    is_dead: bool


@transaction.atomic
def open_consult(
    consult: ConsultRequest, *, actor: User, purpose: str, detail: str = ""
) -> tuple[dict, list[OpenedNote]]:
    """Open a request for somebody who may, and note that they did and what for.

    ``detail`` is what the audit says of it where the purpose alone says too little.
    Returns the contents, and the notes and e-mails in order. Raises NotAllowed, AuditProblem,
    EnvelopeProblem, KeyProblem.
    """
    if not may_open(actor):
        raise NotAllowed
    # Whoever broke the glass does nothing else.
    purpose = purpose if can_read_requests(actor) else Purpose.EMERGENCY
    contents, record_key = open_record(consult)
    replies = consult.replies.select_related("author", "message")
    notes = [
        *notes_in(consult.notes.select_related("author"), record_key), *replies_in(replies, record_key)
    ]  # fmt: skip
    action = NOTED_AS.get(purpose, TimelineAction.VIEW)
    is_wrong = audit.mark_of(consult) == Mark.WRONG
    note(
        consult,
        action,
        actor=actor,
        purpose=purpose,
        detail=UNACCEPTED.format(detail or action) if is_wrong else detail,
    )
    if purpose in READ_FOR and consult.seen_at is None:
        consult.seen_at = timezone.now()
        # Reading is no change: nobody's page becomes old by it.
        ConsultRequest.objects.filter(pk=consult.pk, seen_at=None).update(seen_at=consult.seen_at)
        note_mark(consult, actor)
    if purpose in READ_FOR:
        _bring_back_way(consult, contents)
        _note_shown_by_reading(consult, actor)
    return contents, sorted(notes, key=lambda each: each.created_at)


@transaction.atomic
def open_together(requests: Collection[ConsultRequest], *, actor: User) -> dict[int, dict]:
    """Return ``{key: contents}`` of requests whose names a list shows; one that doesn't open is left out.

    It is noted on each timeline, and in the audit as one event with all references. Raises NotAllowed,
    AuditProblem.
    """
    if not may_open(actor):
        raise NotAllowed
    opened = contents_of(requests)
    shown = [consult for consult in requests if consult.pk in opened]
    purpose = Purpose.REVEAL if can_read_requests(actor) else Purpose.EMERGENCY
    if shown:
        note_together(
            shown, TimelineAction.REVEAL, actor=actor, purpose=purpose, detail="names and contacts of a page"
        )
    return opened


def _bring_back_way(consult, contents):
    """Keep in clear which way was asked for, where that isn't known: of an earlier release, or spooled."""
    if not consult.way and contents.get("way") in ContactWay.values:
        consult.way = contents["way"]
        ConsultRequest.objects.filter(pk=consult.pk, way="").update(way=consult.way)


def _note_shown_by_reading(consult, actor):
    """Where suspected spam is read by somebody who may decide about it, it was shown to them as well."""
    is_new = consult.status == Status.QUARANTINE and consult.shown_at is None
    if is_new and can_change_requests(actor):
        note_shown([consult.pk], actor=actor)
        consult.refresh_from_db(fields=["shown_at"])


@transaction.atomic
def note_print(consult: ConsultRequest, *, actor: User) -> None:
    """Note that somebody prints what is clear of a request. Raises NotAllowed, AuditProblem."""
    if not may_open(actor):
        raise NotAllowed
    purpose = Purpose.PRINT if can_read_requests(actor) else Purpose.EMERGENCY
    note(consult, TimelineAction.PRINT, actor=actor, purpose=purpose)


@transaction.atomic
def address_for_copy(consult: ConsultRequest) -> str:
    """Return the address of somebody who asked for a copy, and note that the site read it.

    Raises NotAllowed when they did not ask, NoLongerWanted when the form never accepted it (then whoever
    writes to the database would let us write to anybody), AuditProblem, EnvelopeProblem, KeyProblem.
    """
    if not consult.wants_copy:
        raise NotAllowed
    if not consult.purged_at and audit.mark_of(consult) == Mark.WRONG:
        raise NoLongerWanted
    contents, _record_key = open_record(consult)
    note(consult, TimelineAction.COPY, actor=None, purpose=Purpose.COPY)
    return contents["email"]


def open_record(consult: ConsultRequest) -> tuple[dict, bytes]:
    """Return contents and record key, for this package alone: its callers check and note."""
    if consult.purged_at:
        raise Purged
    keys = parse_sealing_keys(settings.CONSULTS_SEALING_PRIVATE_KEYS)
    contents, record_key = open_envelope(consult.envelope, reference=consult.reference, private_keys=keys)
    return texts_in(contents), record_key


def contents_of(requests: Iterable[ConsultRequest]) -> dict[int, dict]:
    """Return ``{key: contents}`` of those that open, for this package alone: its callers check and note.

    One that is damaged doesn't keep the others back; its own page says loudly what is wrong.
    """
    opened = {}
    for consult in requests:
        with contextlib.suppress(EnvelopeProblem, KeyProblem):
            opened[consult.pk], _record_key = open_record(consult)
    return opened


def texts_in(contents: dict) -> dict[str, str]:
    """Return what is text: a form sends nothing else, but whoever can write to the database may."""
    return {name: value for name, value in contents.items() if isinstance(value, str)}


def can_be_opened(consult: ConsultRequest) -> bool:
    """Whether there is something that somebody could read."""
    try:
        open_record(consult)
    except (EnvelopeProblem, KeyProblem):
        return False
    return True


def note_mark(consult, actor):
    """Note with the first reader what a word list marked, as if a colleague had; for this package alone.

    Written by the site alone, the event would tell whoever copies the database which requests speak of
    danger. Not where somebody dealt with it already: their agreement counts from the mark on.
    """
    if consult.priority == Priority.NONE:
        return
    if not consult.timeline.filter(action__in=[TimelineAction.PRIORITY, *AGREEING]).exists():
        note(consult, TimelineAction.PRIORITY, actor=actor)


def notes_in(rows, record_key):
    """Yield notes in clear, for this package alone: its callers check and note."""
    for row in rows:
        text = open_note(row.sealed, note_id=str(row.pk), record_key=record_key)
        yield OpenedNote(text, row.author.get_username(), row.created_at)


def replies_in(rows, record_key):
    """Yield e-mails in clear, for this package alone."""
    for row in rows:
        message = getattr(row, "message", None)
        yield OpenedReply(
            author=row.author.get_username(),
            created_at=row.created_at,
            sent_at=message and message.sent_at,
            is_dead=message is None or message.dead_at is not None,
            **open_reply(row.sealed_parts, reply_id=str(row.pk), record_key=record_key),
        )


def note_shown(keys: Iterable[int], *, actor: User) -> None:
    """Note that suspected requests stood on a page before somebody who may decide about them; once for each.

    Call it in the transaction that audits the page. Only what was shown is ever removed. Raises NotAllowed.
    """
    if not can_change_requests(actor):
        raise NotAllowed
    # Looking is no change: nobody's page becomes old by it.
    ConsultRequest.objects.quarantined().filter(pk__in=keys, shown_at=None).update(shown_at=timezone.now())
