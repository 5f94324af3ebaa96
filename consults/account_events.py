"""What happens to accounts of staff stands in the audit; of what weighs more a mail goes out as well."""

from django.db import transaction

from clinic.accounts.events import Tell
from consults import audit
from consults.models import OutboxMessage

Template, Recipient = OutboxMessage.Template, OutboxMessage.Recipient
RECIPIENTS = {
    Tell.OWNER: Recipient.OWNER,
    Tell.AUDITORS: Recipient.AUDITORS,
    Tell.HOLDER: Recipient.HOLDER,
}
# How the audit names an account, where it names requests.
ACCOUNT = "account:"


@transaction.atomic
def note_account_event(action, *, actor, about=None, detail="", tell=(), references=()):
    """Append to the audit, and queue a mail to each of ``tell``. Raises AuditProblem, django.db.Error."""
    references = [*([f"{ACCOUNT}{about.pk}"] if about else []), *references]
    event = audit.append(action, actor=actor, references=references, detail=detail)
    OutboxMessage.objects.bulk_create(
        OutboxMessage(template=Template.ALERT, recipient=RECIPIENTS[who], reference=f"A{event.seq}")
        for who in tell
    )
    return event
