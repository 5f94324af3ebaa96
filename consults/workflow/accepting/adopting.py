"""Taking over what release 0.1.0 accepted: its rows bear no mark, so somebody who knows them says so, once.

The worker never does it: whoever can write to the database would only have to wait for it.
"""

from django.conf import settings
from django.db import transaction

from consults import audit
from consults.audit.acceptance import was_ever_closed
from consults.enums import AuditAction
from consults.models import ConsultRequest
from consults.sealing.keys import parse_sealing_key
from consults.sealing.marks import make_mark
from consults.spool import files
from consults.workflow.errors import InvalidTransition

# Requests that one audit event names.
TOGETHER = 100


class NotTheNumber(Exception):
    """As many rows have no mark as ``number``; it has to be confirmed by a person."""

    def __init__(self, number):
        super().__init__(number)
        self.number = number


def of_before():
    """Return the requests that have no mark and stand in no event yet, those without contents included."""
    return ConsultRequest.objects.from_people().unlinked().filter(mark=None)


def adopt(*, confirmed: int | None) -> int:
    """Mark the requests of release 0.1.0, link their receipts, and close that door; return how many.

    Killed, it goes on where it was. Raises InvalidTransition where it was done before or the spool still
    holds something, NotTheNumber unless exactly that number was confirmed, AuditProblem, django.db.Error.
    """
    if was_ever_closed() or files.pending(settings.CONSULTS_SPOOL_DIR):
        raise InvalidTransition
    number = of_before().count()
    if number != confirmed:
        raise NotTheNumber(number)
    done = 0
    while taken := _adopt_some():
        done += taken
    audit.close(done)
    return done


@transaction.atomic
def _adopt_some() -> int:
    """Take over the first of those that are left; the audit names each of them."""
    batch = list(of_before().select_for_update().order_by("pk")[:TOGETHER])
    receipts = audit.receipts_of([consult.reference for consult in batch])
    for consult in batch:
        sign_as_it_stands(consult, [receipt.purpose for receipt in receipts.get(consult.reference, ())])
    if batch:
        audit.append_link(AuditAction.ADOPT, batch, receipts)
    return len(batch)


def sign_as_it_stands(consult: ConsultRequest, purposes: list[str]) -> None:
    """Put this process's mark under a request; one whose contents were removed needs none.

    Call it in the transaction that noted why.
    """
    if consult.purged_at:
        return
    key = parse_sealing_key(settings.CONSULTS_SIGNING_PRIVATE_KEY)
    consult.mark = make_mark(audit.statement_of(consult, purposes), key=key)
    ConsultRequest.objects.filter(pk=consult.pk).update(mark=consult.mark)
