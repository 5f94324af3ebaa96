"""Opening what is needed to go on with on paper while the site is away."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from consults.enums import Purpose, TimelineAction
from consults.models import ConsultRequest
from consults.permissions import can_change_requests, can_read_requests
from consults.workflow.errors import NotAllowed
from consults.workflow.reading.opening import contents_of
from consults.workflow.recording import note_together


@dataclass(frozen=True)
class SheetRow:
    """A request of the sheet; ``contents`` is None where it doesn't open."""

    consult: ConsultRequest
    contents: dict | None


@transaction.atomic
def open_for_outage(requests: Sequence[ConsultRequest], *, actor: User, reason: str) -> list[SheetRow]:
    """Open requests for the sheet of an outage, for somebody who reads requests and answers them.

    It is noted on each timeline, and in the audit as one event with all references and the reason. Raises
    NotAllowed, also without a reason, and AuditProblem.
    """
    if not (can_read_requests(actor) and can_change_requests(actor) and reason.strip()):
        raise NotAllowed
    opened = contents_of(requests)
    rows = [SheetRow(consult, opened.get(consult.pk)) for consult in requests]
    note_together(
        requests,
        TimelineAction.PRINT,
        actor=actor,
        purpose=Purpose.PRINT,
        detail=f"outage sheet with names and contacts, {len(rows)} requests: {reason}",
    )
    return rows
