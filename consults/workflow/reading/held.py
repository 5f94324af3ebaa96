"""Everything that is held about a person, for the person: opened at once, and noted as taken away."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from consults.enums import Purpose, TimelineAction
from consults.models import (
    Appointment,
    ClosureMove,
    ConsentReceipt,
    ConsultRequest,
    Decision,
    DeskGrant,
    OutboxMessage,
    TimelineEvent,
)
from consults.permissions import can_erase_requests, can_read_requests
from consults.workflow.do_not_contact import Stop, which_are_stopped
from consults.workflow.errors import NotAllowed
from consults.workflow.recording import note_together
from consults.workflow.retention.policy import contents_go_at

from .opening import OpenedNote
from .threads import opened, with_notes

# Who did something is told as what they are here, not by name.
STAFF = "Staff"
THE_SITE = "The site"


@dataclass(frozen=True)
class Held:
    """One request with all that is stored with it; without contents where it doesn't open."""

    consult: ConsultRequest
    contents: dict | None
    notes: list[OpenedNote]
    receipts: list[ConsentReceipt]
    # Each event with the role of who did it.
    timeline: list[tuple[TimelineEvent, str]]
    mails: list[OutboxMessage]
    # Each earlier time as well, with the role of whom they were to see; empty where nobody was named.
    appointments: list[tuple[Appointment, str]]
    # What managers wanted with it, and why, with the role of who asked.
    decisions: list[tuple[Decision, str]]
    # Its time that fell into hours which are closed since.
    closure: ClosureMove | None
    stop: Stop | None
    goes_at: datetime | None


@transaction.atomic
def what_we_hold(consult: ConsultRequest, *, actor: User, reason: str) -> list[Held]:
    """Return all that is held about the person of a request, over all that is linked, the oldest first.

    It is noted on each timeline, and in the audit as one event with the reason. Raises NotAllowed, also
    without a reason, and AuditProblem.
    """
    if not (can_read_requests(actor) and can_erase_requests(actor) and reason.strip()):
        raise NotAllowed
    people = ConsultRequest.objects.from_people().of_thread(consult.thread_id)
    found = [opened(one) for one in with_notes(people.oldest_first()).prefetch_related("appointments")]
    requests = [one.consult for one in found]
    receipts, mails = _receipts(requests), _mails(requests)
    timeline = list(TimelineEvent.objects.filter(consult__in=requests))
    appointments = list(Appointment.objects.filter(consult__in=requests).order_by("pk"))
    decisions = list(Decision.objects.filter(consult__in=requests))
    moves = {move.consult_id: move for move in ClosureMove.objects.filter(consult__in=requests)}
    role_of = _roles_of(
        {event.actor_id for event in timeline}
        | {appointment.with_whom_id for appointment in appointments}
        | {decision.asked_by_id for decision in decisions}
    )
    stops = which_are_stopped([(one.contents or {}, one.consult) for one in found])
    held = [
        Held(
            consult=one.consult,
            contents=one.contents,
            notes=one.notes,
            receipts=[row for row in receipts if row.reference == one.consult.reference],
            timeline=[(row, role_of(row.actor_id) or THE_SITE) for row in _of(one.consult, timeline)],
            mails=[row for row in mails if row.reference == one.consult.reference],
            appointments=[(row, role_of(row.with_whom_id)) for row in _of(one.consult, appointments)],
            decisions=[(row, role_of(row.asked_by_id)) for row in _of(one.consult, decisions)],
            closure=moves.get(one.consult.pk),
            stop=stop,
            goes_at=contents_go_at(one.consult),
        )
        for one, stop in zip(found, stops, strict=True)
    ]
    detail = f"what we hold: {reason}"
    note_together(requests, TimelineAction.EXPORT, actor=actor, purpose=Purpose.EXPORT, detail=detail)
    return held


def _of(consult, rows):
    return [row for row in rows if row.consult_id == consult.pk]


def _receipts(requests):
    return list(ConsentReceipt.objects.filter(reference__in=[r.reference for r in requests]))


def _mails(requests):
    """Return the mails to the person that went out; those to staff tell nothing of them."""
    to_them = OutboxMessage.objects.filter(
        recipient=OutboxMessage.Recipient.PATIENT, reference__in=[r.reference for r in requests]
    )
    return list(to_them.filter(sent_at__isnull=False).order_by("sent_at", "pk"))


def _roles_of(users):
    """Return a function that gives the roles of one of these users by key; nothing for no user."""
    roles: dict[int, list[str]] = {}
    for grant in DeskGrant.objects.filter(user__in=users - {None}):
        names = roles.setdefault(grant.user_id, [])
        if grant.get_role_display() not in names:
            names.append(grant.get_role_display())
    return lambda user: ", ".join(roles.get(user, [])) or STAFF if user else ""
