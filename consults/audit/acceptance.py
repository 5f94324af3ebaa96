"""What was really accepted: the marks of requests and of their receipts, held against the rows as they stand.

A mark is made where a request is taken in. Rows of release 0.1.0 have none; they are taken over once, by
whoever runs the site, and the audit names each. From then on a row without a mark was put in by somebody.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum, auto

from django.conf import settings

from consults.enums import AuditAction
from consults.models import AuditEvent, AuditTail, ConsentReceipt, ConsultRequest
from consults.sealing.keys import parse_sealing_keys
from consults.sealing.marks import (
    SIGNED_COLUMNS,
    SIGNED_INDEXES,
    is_marked,
    receipt_statement,
    request_statement,
)

from .chain import is_sound

# How the detail of the event begins after which nothing is taken over any more.
CLOSED = "all of before:"
BATCH = 500


class Mark(StrEnum):
    """How the mark of a request stands."""

    GOOD = auto()
    # Of release 0.1.0, as far as anybody can tell: nothing was taken over yet.
    BEFORE = auto()
    # Put in or exchanged by somebody who can write to the database, or damaged.
    WRONG = auto()


def mark_of(consult: ConsultRequest) -> Mark:
    """Return how the mark of a request that has contents stands."""
    return marks_of([consult])[consult.pk]


def marks_of(requests: Collection[ConsultRequest]) -> dict[int, Mark]:
    """Return the same for many, by key, with as few questions as for one."""
    receipts = receipts_of([consult.reference for consult in requests])
    closed = any(consult.mark is None for consult in requests) and is_closed()
    purposes = {consult.pk: [r.purpose for r in receipts.get(consult.reference, ())] for consult in requests}
    return {consult.pk: how_marked(consult, purposes[consult.pk], is_closed=closed) for consult in requests}


def how_marked(consult: ConsultRequest, purposes: Iterable[str], *, is_closed: bool) -> Mark:
    """Return the same for one whose receipts are known, and whether what has no mark was put in since."""
    if consult.mark is None:
        return Mark.WRONG if is_closed else Mark.BEFORE
    keys = parse_sealing_keys(settings.CONSULTS_SIGNING_PUBLIC_KEYS)
    is_good = is_marked(statement_of(consult, purposes), consult.mark, public_keys=keys)
    return Mark.GOOD if is_good else Mark.WRONG


def statement_of(consult: ConsultRequest, purposes: Iterable[str]) -> bytes:
    """Return what a mark of this request as it stands is made for."""
    return request_statement(
        reference=consult.reference,
        idempotency_key=consult.idempotency_key,
        key_id=consult.key_id,
        envelope=consult.envelope,
        received_at=consult.created_at,
        columns={name: getattr(consult, name) for name in SIGNED_COLUMNS},
        indexes={name: getattr(consult, name) for name in SIGNED_INDEXES},
        purposes=purposes,
    )


def is_receipt_marked(receipt: ConsentReceipt) -> bool:
    """Whether a receipt says what was signed when it was given."""
    keys = parse_sealing_keys(settings.CONSULTS_SIGNING_PUBLIC_KEYS)
    return is_marked(receipt_statement(receipt), receipt.mark, public_keys=keys)


def receipts_of(references: Sequence[str]) -> dict[str, list[ConsentReceipt]]:
    """Return the receipts of these requests by reference, in one query."""
    found = defaultdict(list)
    for receipt in ConsentReceipt.objects.filter(reference__in=references).order_by("reference", "purpose"):
        found[receipt.reference].append(receipt)
    return found


def is_closed() -> bool:
    """Whether the rows of before were taken over, so that what has no mark was put in since."""
    seq = AuditTail.objects.values_list("adopted_seq", flat=True).first()
    event = AuditEvent.objects.filter(seq=seq).first() if seq else None
    return is_closing(event)


def was_ever_closed() -> bool:
    """Whether the same is so, found in the audit itself: whoever clears the short way opens nothing."""
    events = AuditEvent.objects.filter(action=AuditAction.ADOPT, detail__startswith=CLOSED)
    return any(is_closing(event) for event in events)


def is_closing(event: AuditEvent | None) -> bool:
    """Whether a sound event closes the taking over."""
    return (
        event is not None
        and event.action == AuditAction.ADOPT
        and event.detail.startswith(CLOSED)
        and is_sound(event)
    )


def unaccepted() -> list[str]:
    """Return the references of all requests with contents that nobody accepted, in order of their rows."""
    closed, found, last = was_ever_closed(), [], 0
    rows = ConsultRequest.objects.with_contents().order_by("pk")
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        receipts = receipts_of([consult.reference for consult in batch])
        for consult in batch:
            purposes = [receipt.purpose for receipt in receipts.get(consult.reference, ())]
            if how_marked(consult, purposes, is_closed=closed) == Mark.WRONG:
                found.append(consult.reference)
    return found
