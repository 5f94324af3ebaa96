"""The event and the mail that go with every change."""

from collections.abc import Iterable

from django.contrib.auth.models import User

from consults import audit
from consults.enums import AuditAction
from consults.models import AuditEvent, OutboxMessage

Recipient = OutboxMessage.Recipient


def note_and_tell(
    action: AuditAction, *, actor: User | None, detail: str, tell: Iterable[Recipient] = (Recipient.OWNER,)
) -> AuditEvent:
    """Append to the audit and queue the mails about it. Raises AuditProblem, django.db.Error."""
    event = audit.append(action, actor=actor, detail=detail)
    OutboxMessage.objects.bulk_create(
        OutboxMessage(template=OutboxMessage.Template.ALERT, recipient=who, reference=f"A{event.seq}")
        for who in tell
    )
    return event
