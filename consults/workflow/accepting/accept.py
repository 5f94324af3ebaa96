"""Taking a request in: into the database, or sealed into the spool while the database is away."""

import logging
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime

import django.db
from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from clinic.core.facts import read_facts
from clinic.core.opening_hours import after_opening_minutes
from consults import audit
from consults.enums import (
    CLOSED_STATUSES,
    QUARANTINE_SCORE,
    AuditAction,
    CopyState,
    Priority,
    Status,
    TimelineAction,
    score_of,
)
from consults.models import ConsultRequest, OutboxMessage, TimelineEvent
from consults.permissions import can_change_requests
from consults.spam.counting import counted_signals, may_be_sent_a_copy
from consults.spool import files
from consults.workflow.errors import CouldNotKeep, NotAllowed, ReferenceTaken

from .inserting import insert_request
from .submission import SealedRequest, Submission

logger = logging.getLogger(__name__)

# Opening minutes after it came by which somebody looks at suspected spam: a person among it waits no longer.
LOOK_WITHIN = 60
# The chance that even two references in a row are taken is nil; more means that something is wrong.
REFERENCES_TO_TRY = 5
# More often nobody ends what somebody goes on sending.
TIMES_SENT_AGAIN = 20


@dataclass(frozen=True)
class Accepted:
    """An acknowledged request: its reference, whether this submission made it, and what came of it."""

    reference: str
    is_new: bool
    copy: CopyState = CopyState.OFFERED
    is_spooled: bool = False
    # Whether it was there, and somebody had ended it.
    has_ended: bool = False
    received_at: datetime | None = field(default=None, compare=False)


def accept(submission: Submission) -> Accepted:
    """Keep a request. The same submission again changes nothing and has the same reference.

    Unless somebody ended that one: whoever sends it once more still waits, so it is another one.
    Raises CouldNotKeep when neither the database nor the spool takes it; then nothing is kept.
    """
    accepted = _keep(submission)
    for _ in range(TIMES_SENT_AGAIN):
        if not accepted.has_ended:
            break
        submission = submission.sent_again()
        accepted = _keep(submission)
    return accepted


def _keep(submission):
    for attempt in range(REFERENCES_TO_TRY):
        sealed = submission.sealed(attempt=attempt)
        try:
            return store(sealed)
        except ReferenceTaken:
            continue
        # All of them: a connection lost while committing leaves open what became of the row, and
        # the replay finds out by the key.
        except django.db.Error as error:
            logger.warning("intake: the database did not take a request: %s", type(error).__name__)
            return _spool(sealed)
    raise CouldNotKeep


def store(sealed: SealedRequest, *, actor: User | None = None) -> Accepted:
    """Write a sealed request with its receipts, its notices and its first event, all or nothing.

    ``actor`` is the member of staff who took it down, if one did. Raises ReferenceTaken, django.db.Error.
    """
    try:
        with _whole(sealed):
            consult = _insert(sealed, actor)
    except IntegrityError:
        # No more of the row than the database lets the process that takes requests in see.
        same = ConsultRequest.objects.filter(idempotency_key=sealed.idempotency_key)
        consult = same.only("reference", "wants_copy", "created_at", "status").first()
        if consult:
            return _accepted(consult, sealed, is_new=False)
        if ConsultRequest.objects.filter(reference=sealed.reference).exists():
            raise ReferenceTaken from None
        # No duplicate at all: a table of a newer release asks for more than this one knows.
        raise
    return _accepted(consult, sealed, is_new=True)


def _whole(sealed):
    """Return a transaction; none where PostgreSQL is told one statement alone, which is a transaction itself.

    Beginning and committing one would cost two round trips more.
    """
    is_one_statement = connection.vendor == "postgresql" and not connection.in_atomic_block
    has_more = sealed.columns.wants_copy or _is_for_clinician(sealed.columns)
    return nullcontext() if is_one_statement and not has_more else transaction.atomic()


def _accepted(consult, sealed, *, is_new):
    wished = CopyState.TOO_MANY if sealed.columns.wants_copy else CopyState.OFFERED
    copy = CopyState.ASKED if consult.wants_copy else wished
    has_ended = not is_new and consult.status in CLOSED_STATUSES
    return Accepted(
        consult.reference, is_new=is_new, copy=copy, has_ended=has_ended, received_at=consult.created_at
    )


def queue_notices(consult: ConsultRequest) -> None:
    """Queue the mails that follow from a request that is in the queue; each once, however often called."""
    OutboxMessage.objects.queue(_notices_of(consult))


def _notices_of(consult):
    kinds = OutboxMessage.Template, OutboxMessage.Recipient
    staff = kinds[1].CANARY if consult.is_canary else kinds[1].STAFF
    rows = [(kinds[0].STAFF_NOTICE, staff)]
    if consult.wants_copy:
        rows.append((kinds[0].PATIENT_COPY, kinds[1].PATIENT))
    return [OutboxMessage(template=t, recipient=r, reference=consult.reference) for t, r in rows]


def _is_for_clinician(columns):
    return columns.priority == Priority.NOW and bool(settings.CONSULTS_CRISIS_CLINICIAN)


def queue_for_clinician(consult: ConsultRequest) -> None:
    """Tell the clinician in charge once of what is to be read now, whoever or whatever found that.

    Also of what looks like spam: one false alarm is the smaller harm.
    """
    # At which addresses, the worker finds out: the process that takes requests in knows none.
    if _is_for_clinician(consult):
        row = OutboxMessage(
            template=OutboxMessage.Template.CLINICIAN,
            recipient=OutboxMessage.Recipient.CLINICIAN,
            reference=consult.reference,
        )
        OutboxMessage.objects.bulk_create([row], ignore_conflicts=True)


def _insert(sealed, actor):
    signals = (*sealed.spam_signals, *counted_signals(sealed))
    score = score_of(signals)
    status = Status.QUARANTINE if score >= QUARANTINE_SCORE else Status.NEW
    columns = dict(vars(sealed.columns))
    # Whom staff have on the phone is no stranger who lets us write to others.
    columns["wants_copy"] = columns["wants_copy"] and bool(actor or _may_have_copy(sealed))
    consult = ConsultRequest(
        reference=sealed.reference,
        idempotency_key=sealed.idempotency_key,
        envelope=sealed.envelope,
        key_id=sealed.key_id,
        mark=sealed.mark,
        status=status,
        next_action_at=sealed.received_at if status == Status.NEW else look_by(sealed),
        spam_score=score,
        spam_signals=" ".join(signals),
        network=sealed.network,
        created_at=sealed.received_at,
        same_as_id=_corrected(sealed),
        **columns,
        **sealed.indexes,
    )
    event = TimelineEvent(
        consult=consult,
        actor=actor,
        action=TimelineAction.SUBMIT,
        to_status=consult.status,
        at=sealed.received_at,
    )
    # Nobody is disturbed, and no stranger mailed, by what looks like spam; a person looks first.
    notices = _notices_of(consult) if consult.status == Status.NEW else []
    insert_request(consult, event, [*sealed.receipts(), *notices])
    queue_for_clinician(consult)
    return consult


def _may_have_copy(sealed):
    return may_be_sent_a_copy(
        email_index=sealed.indexes["email_index"], network=sealed.network, since=sealed.received_at
    )


def _corrected(sealed):
    """Return the key of the first one of the person whose request this corrects; None where there is none.

    Who linked it meanwhile made another one the first, to which all of them point.
    """
    if not sealed.corrects:
        return None
    earlier = ConsultRequest.objects.filter(reference=sealed.corrects).values_list("same_as", "pk").first()
    return earlier and (earlier[0] or earlier[1])


def _spool(sealed):
    try:
        files.write(
            settings.CONSULTS_SPOOL_DIR,
            sealed.idempotency_key,
            sealed.for_spool(),
            sealed.envelope,
            max_bytes=settings.CONSULTS_SPOOL_MAX_BYTES,
        )
    except files.SpoolProblem as problem:
        logger.critical("intake: the spool did not take a request either: %s", problem)
        raise CouldNotKeep from None
    copy = CopyState.ASKED if sealed.columns.wants_copy else CopyState.OFFERED
    return Accepted(sealed.reference, is_new=True, copy=copy, is_spooled=True, received_at=sealed.received_at)


def enter(submission: Submission, *, actor: User) -> Accepted:
    """Store a request that a member of staff took down; the same one again changes nothing.

    There is no spool here: staff see at once that nothing was stored. Raises NotAllowed,
    CouldNotKeep, AuditProblem, django.db.Error.
    """
    if not can_change_requests(actor):
        raise NotAllowed
    for attempt in range(REFERENCES_TO_TRY):
        try:
            return _enter(submission.sealed(attempt=attempt), actor)
        except ReferenceTaken:
            continue
    raise CouldNotKeep


@transaction.atomic
def _enter(sealed, actor):
    accepted = store(sealed, actor=actor)
    audit.append(AuditAction.CHANGE, actor=actor, references=[accepted.reference], detail="entered")
    return accepted


def look_by(sealed):
    """Return by when somebody looks at what looks like spam: a moment at which the clinic is open."""
    hours = read_facts().hours_of(sealed.columns.location)
    return after_opening_minutes(hours, sealed.received_at, LOOK_WITHIN)
