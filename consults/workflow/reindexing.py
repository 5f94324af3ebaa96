"""Making the indexes anew after their length changed, from what was sealed.

Searching works meanwhile: every length is looked for. What is as it should be is only compared, so whoever is
stopped begins again and is soon where they were.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from consults import audit
from consults.audit import Mark
from consults.enums import AuditAction
from consults.models import ConsultRequest
from consults.sealing.blind_index import indexes_of
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem, parse_secret

from .accepting.adopting import sign_as_it_stands
from .reading.opening import open_record

BATCH = 100


@dataclass
class Reindexed:
    """How many requests got other indexes, were as they should be, or were left alone."""

    changed: int = 0
    same: int = 0
    # Their envelope doesn't open, or nobody accepted them: consults_audit names them.
    left_alone: int = 0


def reindex() -> Reindexed:
    """Make the indexes of all requests that have contents anew, in batches.

    No page becomes old by it, and the mark of a request that was accepted follows. Raises AuditProblem,
    django.db.Error.
    """
    done, last = Reindexed(), 0
    while last_of_batch := _reindex_some(last, done):
        last = last_of_batch
    audit.append(AuditAction.CHANGE, actor=None, detail=f"re-indexed {done.changed}, left {done.left_alone}")
    return done


@transaction.atomic
def _reindex_some(after: int, done: Reindexed) -> int:
    """Do the next ones and return the key of the last; 0 where none is left."""
    rows = ConsultRequest.objects.with_contents().filter(pk__gt=after).order_by("pk")
    batch = list(rows.select_for_update()[:BATCH])
    receipts, is_closed = audit.receipts_of([consult.reference for consult in batch]), audit.is_closed()
    for consult in batch:
        purposes = [receipt.purpose for receipt in receipts.get(consult.reference, ())]
        _reindex(consult, purposes, done, how=audit.how_marked(consult, purposes, is_closed=is_closed))
    return batch[-1].pk if batch else 0


def _reindex(consult: ConsultRequest, purposes: list[str], done: Reindexed, *, how: Mark) -> None:
    indexes = None if how == Mark.WRONG else _indexes(consult)
    if indexes is None:
        done.left_alone += 1
        return
    if all(getattr(consult, column) == value for column, value in indexes.items()):
        done.same += 1
        return
    for column, value in indexes.items():
        setattr(consult, column, value)
    ConsultRequest.objects.filter(pk=consult.pk).update(**indexes)
    # What has no mark yet gets it when it is taken over.
    if how == Mark.GOOD:
        sign_as_it_stands(consult, purposes)
    done.changed += 1


def _indexes(consult: ConsultRequest) -> dict[str, int | None] | None:
    """Return the indexes as they should be, those of release 0.1.0 emptied; None where it doesn't open."""
    try:
        contents, _record_key = open_record(consult)
    except (EnvelopeProblem, KeyProblem):
        return None
    made = indexes_of(
        parse_secret(settings.CONSULTS_INDEX_KEY),
        phone=contents.get("phone_e164", ""),
        email=contents.get("email", ""),
        bits=settings.CONSULTS_INDEX_BITS,
    )
    return {"phone_index": None, **made}
