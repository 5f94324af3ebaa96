"""Removing contents: after their time, or earlier where two managers agree.

Figures, consents and audit stay.
"""

import contextlib
import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from consults.enums import ClosedReason, DecisionKind, Status, TimelineAction
from consults.models import ClosureMove, ConsultRequest, Decision, FunnelCount, OutboxMessage, TimelineEvent
from consults.permissions import can_erase_requests
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem
from consults.workflow.appointments import leave_days
from consults.workflow.errors import InvalidTransition, NotAllowed, StaleRequest
from consults.workflow.people import decisions
from consults.workflow.reading.opening import open_record
from consults.workflow.recording import note
from consults.workflow.transitions.change import NOTHING, Done, Undone, change, refuse_stale
from consults.workflow.transitions.links import pass_on_the_lead

from .counting_removed import BOOKED, keep_for_counting, monday_of
from .policy import due_contents

logger = logging.getLogger(__name__)

BATCH = 100
# More than so many at once, or so much of everything, is rather a mistake than a month.
BRAKE_ROWS, BRAKE_SHARE = 200, 0.2
# So few are never unusual, however small the clinic.
FEW = 20
UNKNOWN = "unknown"


class TooMany(Exception):
    """More than usual is due; ``number`` has to be confirmed by a person."""

    def __init__(self, number):
        super().__init__(number)
        self.number = number


def purge_due(now: datetime | None = None, *, confirmed: int | None = None) -> int:
    """Remove the contents that are due, in batches; return of how many requests.

    Killed, it goes on where it was. Raises TooMany unless exactly that number was confirmed.
    """
    now = now or timezone.now()
    number = due_contents(now).count()
    if number != confirmed and _is_unusual(number):
        raise TooMany(number)
    tried = done = 0
    while batch := list(due_contents(now)[: min(BATCH, number - tried)] if number > tried else []):
        for consult in batch:
            # What somebody reopened or held at this very moment is no longer due.
            with contextlib.suppress(StaleRequest):
                _purge(consult, actor=None)
                done += 1
        tried += len(batch)
    return done


@transaction.atomic
def set_hold(consult: ConsultRequest, *, actor: User, version: int, on_hold: bool) -> Done:
    """Keep the contents of a request beyond their time, or no longer, for which it takes two managers.

    Raises NotAllowed, InvalidTransition, SamePerson, NotSettled, StaleRequest, AuditProblem.
    """
    if not can_erase_requests(actor):
        raise NotAllowed
    refuse_stale(consult, version)
    if consult.on_hold == on_hold:
        return NOTHING
    if on_hold:
        return change(consult, actor=actor, version=version, action=TimelineAction.HOLD, on_hold=True)
    asked = decisions.open_decision(DecisionKind.RELEASE, consult=consult)
    if asked is None or asked.asked_by_id == actor.pk:
        asked = decisions.ask(DecisionKind.RELEASE, actor=actor, consult=consult)
        return Done(undone=(Undone.DECIDING,), written=asked)
    asked = decisions.lock(asked)
    decisions.check_second(asked, actor=actor)
    release_decided(asked, confirmed_by=actor)
    consult.refresh_from_db()
    return Done(TimelineAction.RELEASE)


def release_decided(decision: Decision, *, confirmed_by: User | None = None) -> None:
    """End a hold that two decided to end.

    Raises InvalidTransition (there is none), StaleRequest, AuditProblem.
    """
    consult, actor = decision.consult, confirmed_by or decision.asked_by
    if consult is None or not consult.on_hold:
        raise InvalidTransition
    change(consult, actor=actor, version=consult.version, action=TimelineAction.RELEASE, on_hold=False)
    decisions.close(decision, confirmed_by=confirmed_by)


@transaction.atomic
def erase(consult: ConsultRequest, *, actor: User, version: int) -> Done:
    """Remove the contents of an ended request once a second manager wants it; of the first one note the wish.

    Raises NotAllowed, InvalidTransition (it is open or on hold), NotSettled, StaleRequest, AuditProblem.
    """
    if not can_erase_requests(actor):
        raise NotAllowed
    refuse_stale(consult, version)
    if not consult.may_be_erased:
        raise InvalidTransition
    asked = _erasure_asked(consult)
    if asked is None or asked.asked_by_id == actor.pk:
        done = change(consult, actor=actor, version=version, action=TimelineAction.ASK_ERASE)
        asked = decisions.ask(DecisionKind.ERASE, actor=actor, consult=consult)
        return replace(done.but(Undone.DECIDING), written=asked)
    asked = decisions.lock(asked)
    decisions.check_second(asked, actor=actor)
    erase_decided(asked, confirmed_by=actor)
    return Done(TimelineAction.PURGE)


def erase_decided(decision: Decision, *, confirmed_by: User | None = None) -> None:
    """Remove what was decided on, if nothing happened to the request since.

    Raises InvalidTransition, StaleRequest, AuditProblem.
    """
    consult = decision.consult
    if consult is None or not consult.may_be_erased or not _still_stands(decision, consult):
        raise InvalidTransition
    _purge(consult, actor=confirmed_by or decision.asked_by)
    decisions.close(decision, confirmed_by=confirmed_by)


def _erasure_asked(consult):
    """Return the wish that still holds; one that something came after is called off."""
    asked = decisions.open_decision(DecisionKind.ERASE, consult=consult)
    if asked and not _still_stands(asked, consult):
        decisions.call_off(asked, actor=None, why="something happened since, so nothing came of the wish")
        return None
    return asked


def _still_stands(decision, consult):
    """Whether the wish is the last thing that happened to the request."""
    last = consult.timeline.last_changes(1)
    return _is_wish(decision, last[0] if last else None)


def _is_wish(decision, event):
    wish = (TimelineAction.ASK_ERASE, decision.asked_by_id)
    return event is not None and (event.action, event.actor_id) == wish


def with_what_lapsed(waiting: Iterable[Decision]) -> list[Decision]:
    """Return decisions that wait; ``has_lapsed`` says of which nothing comes, since something happened since.

    In one query, however many they are.
    """
    waiting = list(waiting)
    erasures = [asked.consult_id for asked in waiting if asked.kind == DecisionKind.ERASE]
    last = TimelineEvent.objects.last_change_of(erasures)
    for asked in waiting:
        event = last.get(asked.consult_id)
        asked.has_lapsed = asked.kind == DecisionKind.ERASE and not _is_wish(asked, event)
    return waiting


def erasure_asked_by(consult):
    """Return the manager whose wish to remove the contents waits for a second one, or None."""
    asked = decisions.open_decision(DecisionKind.ERASE, consult=consult)
    return asked.asked_by if asked and _still_stands(asked, consult) else None


@transaction.atomic
def _purge(consult, *, actor):
    """Leave something sealed for the figures and take everything that somebody wrote.

    Raises StaleRequest where somebody reopened or held the request meanwhile; then nothing is gone.
    """
    treatment, now = _treatment(consult), timezone.now()
    written = ConsultRequest.objects.filter(pk=consult.pk, version=consult.version).update(
        envelope=b"",
        phone_index=None,
        phone_end_index=None,
        email_index=None,
        network="",
        spam_signals="",
        best_times=0,
        agreed_at=None,
        wants_copy=False,
        priority=0,
        same_as=None,
        purged_at=now,
        updated_at=now,
        version=consult.version + 1,
    )
    if not written:
        raise StaleRequest
    if _is_of_somebody(consult):
        keep_for_counting(
            week=monday_of(consult.created_at), treatment=treatment, is_booked=_was_booked(consult)
        )
    leave_days(consult)
    OutboxMessage.objects.filter(reference=consult.reference).delete()
    consult.replies.all().delete()
    consult.notes.all().delete()
    ClosureMove.objects.filter(consult=consult).delete()
    pass_on_the_lead(consult)
    note(consult, TimelineAction.PURGE, actor=actor)


def _is_of_somebody(consult):
    """Whether it counts: neither spam nor a request by which staff tried the form."""
    is_spam = consult.status in (Status.QUARANTINE, Status.SPAM)
    return not is_spam and consult.closed_reason != ClosedReason.TEST


def _was_booked(consult):
    """Whether a consultation was agreed at some time, as the other reports count it."""
    return consult.status in BOOKED or consult.timeline.bookings().exists()


def _is_unusual(number):
    stored = ConsultRequest.objects.with_contents().count()
    return number > BRAKE_ROWS or number > max(BRAKE_SHARE * stored, FEW)


def _treatment(consult):
    """Return what somebody asked about. The column is shorter than no title that a clinic would write."""
    try:
        contents, _record_key = open_record(consult)
    except (EnvelopeProblem, KeyProblem) as problem:
        logger.warning(
            "purge: %s leaves without its treatment: %s", consult.reference, type(problem).__name__
        )
        return UNKNOWN
    longest = FunnelCount._meta.get_field("treatment").max_length
    return str(contents.get("topic", ""))[:longest]
