"""What the front desk does to a request. Each change writes timeline and audit in the same transaction."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from consults.enums import (
    CLOSED_STATUSES,
    OPEN_STATUSES,
    TRANSITIONS,
    UNCLAIMED_STATUSES,
    ClosedReason,
    Priority,
    Status,
    TimelineAction,
)
from consults.models import ConsultRequest
from consults.permissions import can_change_requests
from consults.workflow.accepting.accept import queue_for_clinician
from consults.workflow.do_not_contact import register_stop
from consults.workflow.errors import InvalidTransition, PutOffTooLong, SecondPersonNeeded, UnreadRequest
from consults.workflow.reading.opening import can_be_opened

from .change import NOTHING, Done, Undone, change, refuse_stale, who_has_it
from .second_person import ENDS, latest_next_action, needs_second_person

LONGEST_SNOOZE = timedelta(days=14)


def claim(consult: ConsultRequest, *, actor: User, version: int) -> Done:
    """Make the actor responsible for a new request. Raises NotAllowed, InvalidTransition, StaleRequest."""
    refuse_stale(consult, version)
    if consult.status != Status.NEW:
        raise InvalidTransition
    return change(
        consult,
        actor=actor,
        version=version,
        action=TimelineAction.CLAIM,
        status=Status.WORKING,
        assignee=actor,
    )


def assign(consult: ConsultRequest, *, actor: User, version: int, assignee: User) -> Done:
    """Give an open request to somebody who may answer it; whoever has it keeps it. Raises like ``claim``."""
    refuse_stale(consult, version)
    if consult.status not in OPEN_STATUSES or not can_change_requests(assignee):
        raise InvalidTransition
    if (consult.assignee, consult.status_when_taken) == (assignee, consult.status):
        return NOTHING
    return change(
        consult,
        actor=actor,
        version=version,
        action=TimelineAction.ASSIGN,
        status=consult.status_when_taken,
        assignee=assignee,
    )


@transaction.atomic
def change_status(
    consult: ConsultRequest, *, actor: User, version: int, status: str, reason: str = ""
) -> Done:
    """Move a request; the same status again does nothing.

    Where a second person is needed to end it, the wish is noted and the request stays as it is. That
    somebody asked us to stop is remembered either way.
    Raises NotAllowed, InvalidTransition (an unknown move, or a closing without a reason), UnreadRequest
    (nobody has read what is to be closed and could be read), StaleRequest.
    """
    if status == consult.status:
        return NOTHING
    refuse_stale(consult, version)
    if status not in TRANSITIONS[consult.status] or (status == Status.CLOSED) != bool(reason):
        raise InvalidTransition
    if status == Status.CLOSED and consult.seen_at is None and can_be_opened(consult):
        raise UnreadRequest
    if reason == ClosedReason.ASKED_TO_STOP:
        register_stop(consult, actor=actor)
    if status in ENDS and needs_second_person(consult, actor=actor):
        return change(consult, actor=actor, version=version, action=TimelineAction.ASK_CLOSE).but(
            Undone.ENDING
        )
    return change(
        consult,
        actor=actor,
        version=version,
        action=TimelineAction.STATUS,
        status=status,
        assignee=None if status in UNCLAIMED_STATUSES else who_has_it(consult, actor),
        closed_reason=reason,
        **_contact(consult, status),
    )


def _contact(consult, status):
    """Return the columns of tries and agreements that follow when somebody moves a request by hand."""
    # Whoever says that they spoke, or opens it again, begins anew.
    anew = status in (Status.REACHED, Status.BOOKED) or consult.status in CLOSED_STATUSES
    return {
        "unanswered": 0 if anew else consult.unanswered,
        # The time of a call back is none for an appointment.
        "agreed_at": None,
    }


def snooze(consult: ConsultRequest, *, actor: User, version: int, until: datetime) -> Done:
    """Put an open request off until an aware moment within two weeks.

    Raises like ``claim``, and PutOffTooLong where it is to be read first and nobody else dealt with it.
    """
    refuse_stale(consult, version)
    now = timezone.now()
    if consult.status not in OPEN_STATUSES or not now < until <= now + LONGEST_SNOOZE:
        raise InvalidTransition
    latest = latest_next_action(consult, now)
    if latest and until > latest:
        raise PutOffTooLong
    return change(consult, actor=actor, version=version, action=TimelineAction.SNOOZE, next_action_at=until)


def set_priority(consult: ConsultRequest, *, actor: User, version: int, priority: int) -> Done:
    """Say how urgently a request is to be read. Raises like ``claim``, and SecondPersonNeeded."""
    refuse_stale(consult, version)
    if priority not in Priority.values:
        raise InvalidTransition
    if priority < consult.priority and needs_second_person(consult, actor=actor):
        raise SecondPersonNeeded
    with transaction.atomic():
        done = change(
            consult, actor=actor, version=version, action=TimelineAction.PRIORITY, priority=priority
        )
        queue_for_clinician(consult)
    return done
