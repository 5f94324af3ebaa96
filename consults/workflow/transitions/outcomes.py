"""What came of an attempt to reach somebody. Each outcome moves the request and plans what comes next.

The cadence is here too: when to try again after an attempt that reached nobody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from clinic.core.facts import read_facts
from clinic.core.opening_hours import opening_minutes
from consults import crisis
from consults.enums import (
    OPEN_STATUSES,
    REACHED_OUTCOMES,
    SPOKEN_REASONS,
    UNREACHED_OUTCOMES,
    ClosedReason,
    ConsentPurpose,
    ContactWay,
    Outcome,
    Status,
    TimelineAction,
)
from consults.models import ConsentReceipt, ConsultRequest
from consults.workflow.days.closures import is_overtaken
from consults.workflow.do_not_contact import register_stop
from consults.workflow.errors import InvalidTransition

from .change import Done, Undone, change, refuse_stale, who_has_it
from .planned import plan_booked, planned_after, planned_of, refuse_unsettled
from .second_person import needs_second_person
from .windows import next_suitable, window_at

# A day and longer: another part of the day may find somebody whom the first one didn't.
OTHER_WINDOW_FROM = timedelta(hours=20)
# An e-mail can follow at once where the number is wrong.
AFTER_WRONG_NUMBER = timedelta(minutes=15)
# When to look whether a booked person is on record, where nobody says a time.
AFTER_BOOKING = timedelta(days=1)
# When to ask again how somebody is who made a plan with the clinician, where nobody says a time.
AFTER_PLAN = timedelta(days=1)
# When to look for an answer to a text or an e-mail, and to go on with somebody who answered in writing.
AFTER_WRITING = timedelta(days=1)
# By each of these words the desk wrote in one way.
WRITTEN = {Outcome.TEXTED: ContactWay.TEXT, Outcome.WROTE: ContactWay.EMAIL}
LATEST_CALL_BACK = timedelta(days=60)
# Nothing stands agreed after these.
ENDING = (Outcome.DECLINED, Outcome.ASKED_TO_STOP)


@dataclass(frozen=True)
class Step:
    """Where a request goes after an outcome."""

    status: str
    next_action_at: datetime | None
    reason: str = ""


@transaction.atomic
def record_outcome(
    consult: ConsultRequest,
    *,
    actor: User,
    version: int,
    outcome: str,
    again_at: datetime | None = None,
    reason: str = "",
) -> Done:
    """Write down an attempt, move the request, and plan what comes next.

    It is never refused for being to be read first: then it comes up again soon, and a colleague ends it.
    ``again_at`` is an aware moment: needed for a call back, allowed after a booking, which then makes an
    appointment. ``reason`` says why somebody doesn't go on, where that is more than no interest now. Raises
    NotAllowed, InvalidTransition (the request is not open, a voicemail or a text nobody allowed, an e-mail to
    nobody, a plan with a clinician where none is in charge, a call back without a time or too far away, a
    reason that isn't one of those), StillToSay (another time for an appointment that is over),
    StaleRequest, AuditProblem.
    """
    refuse_stale(consult, version)
    now = timezone.now()
    _refuse(consult, outcome, again_at, reason, now)
    if outcome == Outcome.BOOKED and again_at:
        refuse_unsettled(planned_of(consult))
    _count(consult, outcome)
    agreed = _agreed(consult, outcome, again_at, now)
    # A promise that a closed day has overtaken is not waited for: somebody tells them before.
    kept = None if agreed and not again_at and is_overtaken(consult) else agreed
    step = _step(consult, outcome, agreed, kept, reason, now)
    is_kept = step.status == Status.CLOSED and needs_second_person(consult, actor=actor)
    if is_kept:
        step = Step(_further(consult, Status.WORKING), now)
    if is_kept and outcome == Outcome.DECLINED:
        # Until a colleague agrees it stands as before, and so does what was agreed with the person.
        agreed = consult.agreed_at
    done = change(
        consult,
        actor=actor,
        version=version,
        action=TimelineAction.ATTEMPT,
        outcome=outcome,
        status=step.status,
        next_action_at=step.next_action_at,
        closed_reason=step.reason,
        assignee=who_has_it(consult, actor),
        attempts=consult.attempts,
        unanswered=consult.unanswered,
        agreed_at=agreed if step.status in OPEN_STATUSES else None,
        **first_attempt(consult, now),
        **_reached(consult, outcome, now),
    )
    if outcome == Outcome.BOOKED and again_at:
        plan_booked(consult, done.event, again_at)
    if outcome == Outcome.ASKED_TO_STOP:
        register_stop(consult, actor=actor)
    return done.but(Undone.ENDING) if is_kept else done


def possible_outcomes(consult: ConsultRequest) -> list[Outcome]:
    """Return what can come of an attempt to reach this person, what fits the way they asked for first."""
    agreed_to = set(
        ConsentReceipt.objects.filter(reference=consult.reference).values_list("purpose", flat=True)
    )
    impossible = {
        Outcome.VOICEMAIL: ConsentPurpose.VOICEMAIL not in agreed_to,
        Outcome.TEXTED: ConsentPurpose.TEXTING not in agreed_to,
        Outcome.WROTE: consult.email_index is None,
        Outcome.CLINICIAN: not crisis.clinician(),
    }
    possible = [outcome for outcome in Outcome if not impossible.get(outcome)]
    return sorted(possible, key=lambda outcome: WRITTEN.get(outcome) != (consult.way or None))


def _refuse(consult, outcome, again_at, reason, now):
    """Raise InvalidTransition where an outcome can't be, as the request stands."""
    if consult.status not in OPEN_STATUSES:
        raise InvalidTransition
    if outcome not in possible_outcomes(consult):
        raise InvalidTransition
    if outcome == Outcome.CALL_BACK and not again_at:
        raise InvalidTransition
    if again_at and not now < again_at <= now + LATEST_CALL_BACK:
        raise InvalidTransition
    if reason and (outcome != Outcome.DECLINED or reason not in SPOKEN_REASONS):
        raise InvalidTransition


def _count(consult, outcome):
    """Count the try, and how many in a row nobody answered with it.

    A text or an e-mail beside the call somebody asked for is none that gives them up sooner.
    """
    consult.attempts += 1
    if outcome in REACHED_OUTCOMES:
        consult.unanswered = 0
    elif outcome in UNREACHED_OUTCOMES and WRITTEN.get(outcome, consult.way) == consult.way:
        consult.unanswered += 1


def _agreed(consult, outcome, again_at, now):
    """Return the time that stands agreed with the person after an outcome, if one does."""
    if again_at or outcome in ENDING:
        return again_at
    # The time of a call back is none for an appointment; an appointment that is confirmed keeps its own.
    if outcome == Outcome.BOOKED and consult.status != Status.BOOKED:
        return None
    return planned_after(consult, now) or consult.agreed_after(now)


def _step(consult, outcome, agreed, kept, reason, now):
    """Return where it goes; ``kept`` is what is agreed, if that is waited for."""
    match outcome:
        case Outcome.BOOKED:
            return Step(Status.BOOKED, kept or now + AFTER_BOOKING)
        case Outcome.CALL_BACK:
            return Step(_further(consult, Status.REACHED), kept)
        case Outcome.CLINICIAN:
            return Step(_further(consult, Status.REACHED), kept or now + AFTER_PLAN)
        case Outcome.ANSWERED:
            return Step(_further(consult, Status.REACHED), kept or _after_writing(consult, now))
        case Outcome.DECLINED:
            return Step(Status.CLOSED, None, reason or ClosedReason.NOT_NOW)
        case Outcome.ASKED_TO_STOP:
            return Step(Status.CLOSED, None, ClosedReason.ASKED_TO_STOP)
        case Outcome.WRONG_NUMBER if consult.email_index is None:
            # Whoever has an appointment or waits for a call comes, or is called, all the same.
            if agreed or consult.status == Status.BOOKED:
                return Step(consult.status, kept or now + AFTER_BOOKING)
            return Step(Status.CLOSED, None, ClosedReason.WRONG_DETAILS)
        case Outcome.WRONG_NUMBER:
            return Step(_further(consult, Status.WORKING), now + AFTER_WRONG_NUMBER)
        case Outcome.TEXTED | Outcome.WROTE if WRITTEN[outcome] != consult.way:
            return Step(_further(consult, Status.WORKING), kept or _after_writing(consult, now))
        case Outcome.VOICEMAIL | Outcome.NO_ANSWER | Outcome.TEXTED | Outcome.WROTE:
            again = kept or next_attempt(consult, now) or agreed
            if again is None:
                return Step(Status.CLOSED, None, ClosedReason.NO_CONTACT)
            return Step(_further(consult, Status.WORKING), again)
    raise InvalidTransition


def _after_writing(consult, now):
    hours = read_facts().hours_of(consult.location)
    zone = consult.time_zone or hours.zone
    return next_suitable(hours, now + AFTER_WRITING, best_times=consult.best_times, zone=zone)


def _further(consult, status):
    """Return the status, unless the request has come further already."""
    order = [Status.NEW, Status.WORKING, Status.REACHED, Status.BOOKED]
    return max(status, consult.status, key=order.index)


def first_attempt(consult, now):
    """Return the columns of the clock that a first attempt stops, in opening minutes since arrival."""
    if consult.first_attempt_at is not None:
        return {}
    return {"first_attempt_at": now, "attempt_minutes": _minutes(consult, now)}


def _reached(consult, outcome, now):
    """Return the columns of the clock that the first talk stops, in opening minutes since arrival."""
    if consult.reached_at is not None or outcome not in REACHED_OUTCOMES:
        return {}
    return {"reached_at": now, "reach_minutes": _minutes(consult, now)}


def _minutes(consult, now):
    return opening_minutes(read_facts().hours_of(consult.location), consult.created_at, now)


def next_attempt(consult, now):
    """Return when to try again after the attempt that was just counted; None when it was the last one.

    Whoever has an appointment is never given up: the longest pause goes on.
    """
    waits = settings.CONSULTS_CADENCE_HOURS
    tries = consult.unanswered
    if tries > len(waits):
        if consult.status != Status.BOOKED:
            return None
        tries = len(waits)
    wait = timedelta(hours=waits[tries - 1]) if waits else OTHER_WINDOW_FROM
    hours = read_facts().hours_of(consult.location)
    zone = consult.time_zone or hours.zone
    avoid = window_at(now, zone) if wait >= OTHER_WINDOW_FROM else None
    return next_suitable(
        read_facts().hours_of(consult.location),
        now + wait,
        best_times=consult.best_times,
        zone=zone,
        avoid=avoid,
    )
