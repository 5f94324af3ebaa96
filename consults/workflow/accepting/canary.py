"""The end of a test request: it has shown that everything works, and leaves nothing behind."""

from django.db import transaction

from consults.models import ConsultRequest, Heartbeat, OutboxMessage
from consults.workflow.errors import NotAllowed


@transaction.atomic
def remove_canary(consult: ConsultRequest) -> None:
    """Delete a test request with its notice and timeline. Raises NotAllowed for one of a person."""
    if not consult.is_canary:
        raise NotAllowed
    OutboxMessage.objects.filter(reference=consult.reference).delete()
    consult.delete()


def note_canary_passed() -> None:
    """Remember that a test request went all the way."""
    Heartbeat.beat(Heartbeat.Name.CANARY)
