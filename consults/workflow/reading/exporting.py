"""Opening many requests at once to take names and contacts away. The notes stay sealed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from consults import audit
from consults.audit import Mark
from consults.enums import Purpose, TimelineAction
from consults.models import ConsultRequest
from consults.permissions import can_export_opened_requests
from consults.workflow.do_not_contact import Stop, which_are_stopped
from consults.workflow.errors import NotAllowed
from consults.workflow.recording import note_together

from .opening import contents_of


@dataclass(frozen=True)
class ExportedContact:
    """What leaves of a request, how the person asked not to be contacted, if they did, and its mark."""

    name: str
    phone: str
    email: str
    way: str
    stop: Stop | None
    is_accepted: bool


@transaction.atomic
def open_for_export(
    requests: Sequence[ConsultRequest], *, actor: User, reason: str, columns: str = ""
) -> list[ExportedContact | None]:
    """Open requests for somebody who may take them away; None stands for one that doesn't open.

    It is noted on each timeline, and in the audit as one event with the reason and, in short, the columns.
    Raises NotAllowed, also without a reason, and AuditProblem.
    """
    if not can_export_opened_requests(actor) or not reason.strip():
        raise NotAllowed
    opened = contents_of(requests)
    stops = which_are_stopped([(opened.get(consult.pk, {}), consult) for consult in requests])
    detail = f"{reason} ({columns})" if columns else reason
    note_together(requests, TimelineAction.EXPORT, actor=actor, purpose=Purpose.EXPORT, detail=detail)
    marks = audit.marks_of(requests)
    return [
        _contact(opened[consult.pk], stop, marks[consult.pk]) if opened.get(consult.pk) else None
        for consult, stop in zip(requests, stops, strict=True)
    ]


def _contact(contents, stop, mark):
    typed = {name: contents.get(name, "") for name in ("name", "phone", "email", "way")}
    return ExportedContact(**typed, stop=stop, is_accepted=mark != Mark.WRONG)
