"""How often a kind of mail goes to one address, and what goes together: a flood buries nobody.

Whatever has to wait keeps its row, and the next mail of its kind names it.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models.functions import Now

from consults.models import OutboxMessage

Template = OutboxMessage.Template


@dataclass(frozen=True)
class Pace:
    """So many mails in so much time; the last of them holds all that is due."""

    mails: int
    per: timedelta


QUARTER = timedelta(minutes=15)
PACES = {
    # Told of at once, in a mail of its own, as long as no others come within minutes. Whoever waits for the
    # next mail waits far less than the first call may take.
    Template.STAFF_NOTICE: Pace(2, timedelta(minutes=5)),
    Template.ESCALATION: Pace(1, QUARTER),
    Template.CLINICIAN: Pace(1, QUARTER),
    Template.SUSPECTED: Pace(1, timedelta(hours=1)),
}


def take(message: OutboxMessage) -> list[OutboxMessage]:
    """Lease a row and those that go out in the same mail, the oldest first.

    Returns none where somebody else has it, or where its kind has to wait.
    """
    pace = PACES.get(message.template)
    if pace is None or message.recipient == OutboxMessage.Recipient.CANARY:
        return OutboxMessage.objects.leased(message)
    kind = OutboxMessage.objects.same_kind(message)
    recent = kind.filter(sent_at__gt=Now() - pace.per).order_by("-sent_at")
    # What went together was noted together.
    mails = list(recent.values_list("sent_at", flat=True).distinct()[: pace.mails])
    if len(mails) == pace.mails:
        kind.due().order_by().update(next_attempt_at=mails[-1] + pace.per)
        return []
    if len(mails) < pace.mails - 1:
        return OutboxMessage.objects.leased(message)
    return kind.leased_together()
