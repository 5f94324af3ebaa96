"""The one place that writes to a stored request, and only if it still is as its reader saw it."""

from dataclasses import dataclass, field, replace
from enum import StrEnum, auto
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from consults.enums import CLOSED_STATUSES, OPEN_STATUSES, Status
from consults.models import ConsultRequest
from consults.permissions import can_change_requests
from consults.workflow.accepting.accept import queue_notices
from consults.workflow.errors import InvalidTransition, NotAllowed, StaleRequest
from consults.workflow.recording import note

from .planned import STANDS_WHILE, keep_in_step
from .second_person import latest_next_action


class Undone(StrEnum):
    """What was asked for and not done."""

    # It stood like that already, or the very note is there.
    ANYTHING = auto()
    # It stays open: a colleague has to agree.
    ENDING = auto()
    # It comes up sooner: nobody else has dealt with what is to be read first.
    WAITING = auto()
    # It waits for a second manager, or for a day to pass; ``written`` is the decision.
    DECIDING = auto()


@dataclass(frozen=True)
class Done:
    """What a verb did. How the request stands after it, the request itself says."""

    action: str = ""
    outcome: str = ""
    undone: tuple[Undone, ...] = ()
    # The row that was added, such as a note.
    written: Any = None
    # What stands on the timeline of it.
    event: Any = field(default=None, compare=False)

    def but(self, *undone: Undone) -> "Done":
        """Return the same with something more that was not done."""
        return replace(self, undone=(*self.undone, *undone))


NOTHING = Done(undone=(Undone.ANYTHING,))

NO_PART_OF_THE_QUEUE = [Status.QUARANTINE, Status.SPAM]


def refuse_stale(consult, version):
    """Say at once that the page was old, before a rule speaks of a state its reader never saw."""
    if consult.version != version:
        raise StaleRequest


def who_has_it(consult, actor):
    """Return who has a request that somebody works on: whoever had it, unless they left the desk since."""
    holder = consult.assignee
    return holder if holder and can_change_requests(holder) else actor


@transaction.atomic
def change(
    consult: ConsultRequest,
    *,
    actor: User,
    version: int,
    action: str,
    status: str | None = None,
    outcome: str = "",
    **columns: object,
) -> Done:
    """Write a change if the request is still as the actor saw it, and nothing otherwise.

    Whatever the change: what is to be read first comes up soon, until it was dealt with.

    Raises NotAllowed, InvalidTransition (its contents were removed), StaleRequest, AuditProblem.
    """
    if not can_change_requests(actor):
        raise NotAllowed
    if consult.purged_at:
        raise InvalidTransition
    before, now = consult.status, timezone.now()
    status = status or before
    columns = {**_times(consult, status, now), **columns}
    written = ConsultRequest.objects.filter(pk=consult.pk, version=version).update(
        status=status, version=F("version") + 1, updated_at=now, **columns
    )
    if not written:
        raise StaleRequest
    consult.refresh_from_db()
    event = note(consult, action, actor=actor, from_status=before, to_status=status, outcome=outcome)
    # Whatever else is done to somebody on record says nothing of whether they came.
    if before in STANDS_WHILE and status != before:
        keep_in_step(consult, event, now)
    # Nothing was sent of what looked like spam from the start; what was sent already isn't sent again.
    if before in NO_PART_OF_THE_QUEUE and status in OPEN_STATUSES:
        queue_notices(consult)
    done = Done(action, outcome, event=event)
    return done.but(Undone.WAITING) if _brought_forward(consult, now) else done


def _brought_forward(consult, now):
    """Return whether the time that was just written was too late; then an earlier one stands."""
    latest = latest_next_action(consult, now)
    if latest is None or consult.next_action_at <= latest:
        return False
    consult.next_action_at = latest
    ConsultRequest.objects.filter(pk=consult.pk).update(next_action_at=latest)
    return True


def _times(consult, status, now):
    """Return the columns that follow from the status: no open request without a next action."""
    if status in OPEN_STATUSES:
        planned = consult.next_action_at if consult.is_open else None
        return {"next_action_at": planned or now, "closed_at": None}
    if status == consult.status == Status.QUARANTINE:
        return {}
    closed_at = consult.closed_at or now if status in CLOSED_STATUSES else None
    return {"next_action_at": None, "agreed_at": None, "closed_at": closed_at}
