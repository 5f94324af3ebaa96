"""What came of an attempt to reach somebody. Each outcome moves the request and plans what comes next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from clinic.core.facts import read_facts
from clinic.core.opening_hours import opening_minutes
from consults import crisis
from consults.enums import (
    OPEN_STATUSES,
    REACHED_OUTCOMES,
    ClosedReason,
    ConsentPurpose,
    Outcome,
    Status,
    TimelineAction,
)
from consults.models import ConsentReceipt

from .cadence import next_attempt
from .changing import change, refuse_stale
from .errors import InvalidTransition
from .second_person import needs_second_person
from .stopping import register_stop

# An e-mail can follow at once where the number is wrong.
AFTER_WRONG_NUMBER = timedelta(minutes=15)
# When to look whether a booked person was handed over, where nobody says a time.
AFTER_BOOKING = timedelta(days=1)
# When to ask again how somebody is who made a plan with the clinician, where nobody says a time.
AFTER_PLAN = timedelta(days=1)
LATEST_CALL_BACK = timedelta(days=60)
# After these somebody waits for a call at the time that was said.
AGREED_OUTCOMES = [Outcome.CALL_BACK, Outcome.CLINICIAN]


@dataclass(frozen=True)
class Step:
    """Where a request goes after an outcome."""

    status: str
    next_action_at: datetime | None
    reason: str = ""


@transaction.atomic
def record_outcome(request, *, actor, version, outcome, again_at=None) -> None:
    """Write down an attempt, move the request, and plan what comes next.

    ``again_at`` is an aware moment: needed for a call back, allowed after a booking. Raises NotAllowed,
    InvalidTransition (the request is not open, a voicemail nobody allowed, a plan with a clinician where
    none is in charge, a call back without a time or too far away), StaleRequest, AuditProblem.
    """
    refuse_stale(request, version)
    now = timezone.now()
    if request.status not in OPEN_STATUSES:
        raise InvalidTransition
    if outcome == Outcome.VOICEMAIL and not may_leave_voicemail(request):
        raise InvalidTransition
    if outcome == Outcome.CALL_BACK and not again_at:
        raise InvalidTransition
    if outcome == Outcome.CLINICIAN and not crisis.clinician():
        raise InvalidTransition
    if again_at and not now < again_at <= now + LATEST_CALL_BACK:
        raise InvalidTransition
    request.attempts += 1
    step = _step(request, outcome, again_at, now)
    if step.status == Status.CLOSED and needs_second_person(request, actor=actor):
        step = Step(_further(request, Status.WORKING), now)
    change(
        request,
        actor=actor,
        version=version,
        action=TimelineAction.ATTEMPT,
        outcome=outcome,
        status=step.status,
        next_action_at=step.next_action_at,
        closed_reason=step.reason,
        assignee=request.assignee or actor,
        attempts=request.attempts,
        agreed_at=again_at if outcome in AGREED_OUTCOMES else None,
        **first_attempt(request, now),
        **_reached(request, outcome, now),
    )
    if outcome == Outcome.ASKED_TO_STOP:
        register_stop(request, actor=actor)


def may_leave_voicemail(request) -> bool:
    """Whether the person agreed to a voicemail."""
    return ConsentReceipt.objects.filter(
        reference=request.reference, purpose=ConsentPurpose.VOICEMAIL
    ).exists()


def _step(request, outcome, again_at, now):
    match outcome:
        case Outcome.BOOKED:
            return Step(Status.BOOKED, again_at or now + AFTER_BOOKING)
        case Outcome.CALL_BACK:
            return Step(_further(request, Status.REACHED), again_at)
        case Outcome.CLINICIAN:
            return Step(_further(request, Status.REACHED), again_at or now + AFTER_PLAN)
        case Outcome.ASKED_TO_STOP:
            return Step(Status.CLOSED, None, ClosedReason.ASKED_TO_STOP)
        case Outcome.WRONG_NUMBER if request.email_index is None:
            return Step(Status.CLOSED, None, ClosedReason.WRONG_DETAILS)
        case Outcome.WRONG_NUMBER:
            return Step(_further(request, Status.WORKING), now + AFTER_WRONG_NUMBER)
        case Outcome.VOICEMAIL | Outcome.NO_ANSWER:
            again = next_attempt(request, now)
            if again is None:
                return Step(Status.CLOSED, None, ClosedReason.NO_CONTACT)
            return Step(_further(request, Status.WORKING), again)
    raise InvalidTransition


def _further(request, status):
    """Return the status, unless the request has come further already."""
    order = [Status.NEW, Status.WORKING, Status.REACHED, Status.BOOKED]
    return max(status, request.status, key=order.index)


def first_attempt(request, now):
    """Return the columns of the clock that a first attempt stops, in opening minutes since arrival."""
    if request.first_attempt_at is not None:
        return {}
    return {"first_attempt_at": now, "attempt_minutes": _minutes(request, now)}


def _reached(request, outcome, now):
    """Return the columns of the clock that the first talk stops, in opening minutes since arrival."""
    if request.reached_at is not None or outcome not in REACHED_OUTCOMES:
        return {}
    return {"reached_at": now, "reach_minutes": _minutes(request, now)}


def _minutes(request, now):
    return opening_minutes(read_facts().hours_of(request.location), request.created_at, now)
