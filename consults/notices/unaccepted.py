"""The word to owner and auditors that there are requests which the form never accepted."""

import logging

from django.db import transaction

from consults import audit
from consults.enums import AuditAction
from consults.models import AuditEvent, ConsultRequest, OutboxMessage

logger = logging.getLogger(__name__)

Template, Recipient = OutboxMessage.Template, OutboxMessage.Recipient
DETAIL = "{} requests were not accepted by the form"
TOLD = [Recipient.OWNER, Recipient.AUDITORS]
# References that one event names.
MOST = 100


class Unaccepted(Exception):
    """There are open requests that the form never accepted; the banner tells as long as there are."""


def look_for_unaccepted() -> None:
    """Look at the marks of all requests that have contents; each wrong one is noted and told of once.

    Raises Unaccepted as long as one of them is open, AuditProblem, django.db.Error.
    """
    wrong = audit.unaccepted()
    noted = _noted() if wrong else set()
    if new := [reference for reference in wrong if reference not in noted]:
        _note(new)
    if ConsultRequest.objects.open().filter(reference__in=wrong).exists():
        logger.critical("worker: %d requests were not accepted by the form, see consults_audit", len(wrong))
        raise Unaccepted


def _noted():
    events = AuditEvent.objects.filter(action=AuditAction.VERIFY).exclude(references="")
    return {reference for named in events.values_list("references", flat=True) for reference in named.split()}


@transaction.atomic
def _note(references):
    event = audit.append(
        AuditAction.VERIFY,
        actor=None,
        references=references[:MOST],
        detail=DETAIL.format(len(references)),
    )
    OutboxMessage.objects.bulk_create(
        OutboxMessage(template=Template.ALERT, recipient=who, reference=f"A{event.seq}") for who in TOLD
    )
