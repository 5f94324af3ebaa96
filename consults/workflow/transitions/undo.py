"""Taking back the last change within a minute, where nobody has acted since.

Nothing is forgotten: the timeline keeps what was done, and that it was taken back.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from consults.enums import OPEN_STATUSES, ClosedReason, Outcome, Priority, TimelineAction
from consults.models import ClosureMove, ConsultRequest
from consults.workflow.errors import InvalidTransition

from .change import Done, change, refuse_stale
from .planned import take_back

# How long somebody may take back what they did (seconds).
UNDO_SECONDS = 60
# What a change may have written, beside what follows from the new count of changes.
PLAIN = (
    "status",
    "closed_reason",
    "assignee_id",
    "attempts",
    "unanswered",
    "attempt_minutes",
    "reach_minutes",
)
MOMENTS = ("next_action_at", "closed_at", "agreed_at", "first_attempt_at", "reached_at")
TO_BE_UNDONE = (
    TimelineAction.ATTEMPT,
    TimelineAction.CLAIM,
    TimelineAction.ASSIGN,
    TimelineAction.SNOOZE,
    TimelineAction.STATUS,
    TimelineAction.BOOK,
    TimelineAction.MOVED_APPOINTMENT,
    TimelineAction.CORRECT,
    TimelineAction.CANCEL,
)


def as_it_stands(consult: ConsultRequest) -> dict[str, Any]:
    """Return what ``undo`` needs to bring a request back to where it stands now; fit for JSON."""
    moments = {name: getattr(consult, name) for name in MOMENTS}
    closure = ClosureMove.objects.filter(pk=consult.pk, is_agreed=True).first()
    return {
        # An appointment that is given another place has no closed day to tell of.
        "to_tell_of": closure and [closure.fell_on.isoformat(), closure.comes_up_at.isoformat()],
        **{name: getattr(consult, name) for name in PLAIN},
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
    }


def may_undo(done: Done, consult: ConsultRequest, before: Mapping[str, Any]) -> bool:
    """Whether a change that was just made can be taken back.

    Not where more than the request itself changed: a number that is remembered, a mail that was sent. And not
    where it was marked to be read first: there a change counts as a second person's agreement.
    """
    return (
        done.action in TO_BE_UNDONE
        and done.outcome != Outcome.ASKED_TO_STOP
        and consult.closed_reason != ClosedReason.ASKED_TO_STOP
        and consult.priority == Priority.NONE
        and before["status"] in OPEN_STATUSES
    )


@transaction.atomic
def undo(consult: ConsultRequest, *, actor: User, version: int, before: Mapping[str, Any]) -> Done:
    """Bring a request back to where it stood before the last change, which the actor made a moment ago.

    ``before`` is what ``as_it_stands`` said then. Raises NotAllowed, InvalidTransition (a minute is over,
    somebody else made the change, or it can't be taken back), StaleRequest, AuditProblem.
    """
    refuse_stale(consult, version)
    last = consult.timeline.last_changes(1)
    is_late = timezone.now() - consult.updated_at > timedelta(seconds=UNDO_SECONDS)
    if is_late or not last or last[0].actor != actor or last[0].action not in TO_BE_UNDONE:
        raise InvalidTransition
    take_back(last[0])
    if before.get("to_tell_of"):
        fell_on, comes_up_at = map(_moment, before["to_tell_of"])
        kept = {"fell_on": fell_on, "comes_up_at": comes_up_at, "is_agreed": True}
        ClosureMove.objects.get_or_create(consult=consult, defaults=kept)
    columns = {name: before[name] for name in PLAIN} | {name: _moment(before[name]) for name in MOMENTS}
    return change(
        consult,
        actor=actor,
        version=version,
        action=TimelineAction.UNDO,
        # So that whoever counts outcomes knows which one not to count.
        outcome=last[0].outcome,
        **columns,
    )


def _moment(text: str | None) -> datetime | None:
    return parse_datetime(text) if text else None
