"""The event and the mail that go with every change."""

from django.contrib.auth.models import User

from consults import audit
from consults.enums import AuditAction
from consults.models import AuditEvent, OutboxMessage


def note_and_tell(action: AuditAction, *, actor: User | None, detail: str) -> AuditEvent:
    """Append to the audit and queue a mail to the owner. Raises AuditProblem, django.db.Error."""
    event = audit.append(action, actor=actor, detail=detail)
    OutboxMessage.objects.create(
        template=OutboxMessage.Template.ALERT,
        recipient=OutboxMessage.Recipient.OWNER,
        reference=f"A{event.seq}",
    )
    return event
