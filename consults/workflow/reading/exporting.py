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
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem
from consults.workflow.do_not_contact import Stop, which_are_stopped
from consults.workflow.errors import NotAllowed
from consults.workflow.recording import note_together

from .opening import open_record


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
    opened = [_contents_of(consult) for consult in requests]
    stops = which_are_stopped([(contents or {}, r) for contents, r in zip(opened, requests, strict=True)])
    detail = f"{reason} ({columns})" if columns else reason
    note_together(requests, TimelineAction.EXPORT, actor=actor, purpose=Purpose.EXPORT, detail=detail)
    accepted = _accepted(requests)
    return [
        _contact(contents, stop, is_accepted=is_accepted) if contents else None
        for contents, stop, is_accepted in zip(opened, stops, accepted, strict=True)
    ]


def _accepted(requests):
    """Return for each request whether it isn't known to be put in or exchanged."""
    receipts, is_closed = audit.receipts_of([consult.reference for consult in requests]), audit.is_closed()
    return [
        audit.how_marked(
            consult, [r.purpose for r in receipts.get(consult.reference, ())], is_closed=is_closed
        )
        != Mark.WRONG
        for consult in requests
    ]


def _contents_of(consult):
    try:
        contents, _record_key = open_record(consult)
    # One that is damaged must not keep the others back; its page says it loudly.
    except (EnvelopeProblem, KeyProblem):
        return None
    return contents


def _contact(contents, stop, *, is_accepted):
    typed = {name: contents.get(name, "") for name in ("name", "phone", "email", "way")}
    return ExportedContact(**typed, stop=stop, is_accepted=is_accepted)
