"""Linking receipts of consent into the audit.

The process that takes requests in has neither the key of the audit nor a right on its table. So the worker
appends an event for what came since: the references, how many receipts they have, and a hash over all of
them. Receipts are told apart by reference and purpose, never by the order of their rows: one that is put in
between others shows as well as one behind them. Only what bears its mark is linked.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import transaction

from consults.enums import AuditAction
from consults.models import AuditEvent, AuditTail, ConsentReceipt, ConsultRequest
from consults.sealing.marks import receipt_statement

from .acceptance import CLOSED, Mark, how_marked, is_closed, is_receipt_marked, receipts_of
from .chain import append

# Requests whose receipts stand in one event.
TOGETHER = 100
DETAIL = "{} receipts, sha256 {}"


class Receipts(NamedTuple):
    """How many receipts a request has, and the hash over all that they say."""

    number: int
    digest: bytes


def link_receipts() -> int:
    """Link the receipts of new requests; return of how many. Raises AuditProblem, django.db.Error."""
    linked = last = 0
    new = ConsultRequest.objects.from_people().unlinked().exclude(mark=None).order_by("pk")
    while keys := list(new.filter(pk__gt=last).values_list("pk", flat=True)[:TOGETHER]):
        linked += _link(keys)
        last = keys[-1]
    _close_where_nothing_is_of_before()
    return linked


@transaction.atomic
def _link(keys: Sequence[int]) -> int:
    # Whoever links at the same time waits here, and then finds them linked.
    rows = ConsultRequest.objects.select_for_update().unlinked().filter(pk__in=keys)
    # Of those whose contents were removed nobody can tell; that is noted by itself.
    batch = list(rows.order_by("pk"))
    receipts = receipts_of([consult.reference for consult in batch])
    sound = [consult for consult in batch if _is_accepted(consult, receipts.get(consult.reference, []))]
    if sound:
        append_link(AuditAction.RECEIPTS, sound, receipts)
    return len(sound)


def append_link(
    action: str, requests: Sequence[ConsultRequest], receipts: dict[str, list[ConsentReceipt]]
) -> AuditEvent:
    """Append the event that names these requests and holds the hash of their receipts; note it with each."""
    references = [consult.reference for consult in requests]
    by_reference = {reference: summary_of(receipts.get(reference, [])) for reference in references}
    detail = detail_of(references, by_reference)
    event = append(action, actor=None, references=references, detail=detail)
    ConsultRequest.objects.filter(pk__in=[consult.pk for consult in requests]).update(linked_seq=event.seq)
    return event


def detail_of(references: Iterable[str], receipts: dict[str, Receipts]) -> str:
    """Return what an event says of the receipts of these requests, in whichever order they are named."""
    whole, number = hashlib.sha256(), 0
    for reference in sorted(references):
        summary = receipts.get(reference, NONE)
        number += summary.number
        whole.update(f"{reference} {summary.number} ".encode() + summary.digest)
    return DETAIL.format(number, whole.hexdigest())


def summary_of(receipts: Iterable[ConsentReceipt]) -> Receipts:
    """Return number and hash of the receipts of one request."""
    whole, number = hashlib.sha256(), 0
    for receipt in sorted(receipts, key=lambda each: each.purpose):
        number += 1
        for part in (receipt_statement(receipt), bytes(receipt.mark or b"")):
            whole.update(hashlib.sha256(part).digest())
    return Receipts(number, whole.digest())


NONE = summary_of([])


def _is_accepted(consult: ConsultRequest, receipts: Sequence[ConsentReceipt]) -> bool:
    purposes = [receipt.purpose for receipt in receipts]
    is_good = how_marked(consult, purposes, is_closed=True) == Mark.GOOD
    return is_good and all(map(is_receipt_marked, receipts))


def _close_where_nothing_is_of_before() -> None:
    """A site that began with marks has nothing to take over: close that door before somebody uses it."""
    if is_closed() or ConsultRequest.objects.without_mark().exists():
        return
    if not ConsentReceipt.objects.filter(mark=None).exists():
        close(0)


@transaction.atomic
def close(number: int) -> None:
    """Note that so many requests of before were taken over, and that no others ever will be."""
    event = append(AuditAction.ADOPT, actor=None, detail=f"{CLOSED} {number} requests")
    AuditTail.objects.update(adopted_seq=event.seq)
