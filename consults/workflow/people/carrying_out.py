"""Doing what was decided: with the second manager's click, or once its day has passed."""

import logging
from collections.abc import Callable

from django.contrib.auth.models import User
from django.db import transaction

from consults.enums import DecisionKind
from consults.models import Decision
from consults.permissions import can_manage_people
from consults.sealing.envelope import EnvelopeProblem
from consults.workflow.do_not_contact import lift_decided
from consults.workflow.errors import InvalidTransition, StaleRequest
from consults.workflow.retention.purging import erase_decided, release_decided

from . import decisions
from .grants import grant_decided
from .lost_factors import give_back_decided
from .settled import is_settled

logger = logging.getLogger(__name__)

ASKER_IS_GONE = "whoever asked manages no longer, so nothing came of the wish"
IMPOSSIBLE = "it could not be done any more, so nothing came of the wish"
DOES: dict[str, Callable] = {
    DecisionKind.GRANT: grant_decided,
    DecisionKind.ERASE: erase_decided,
    DecisionKind.LIFT_STOP: lift_decided,
    DecisionKind.RELEASE: release_decided,
    DecisionKind.FACTOR: give_back_decided,
}


@transaction.atomic
def agree(decision: Decision, *, actor: User) -> None:
    """Do at once what another manager asked for.

    Raises NotAllowed, SamePerson, NotSettled, InvalidTransition (it is over, or can't be done any more),
    StaleRequest, AuditProblem, EnvelopeProblem, KeyProblem.
    """
    decision = decisions.lock(decision)
    decisions.check_second(decision, actor=actor)
    DOES[decision.kind](decision, confirmed_by=actor)


def carry_out_due() -> int:
    """Do what has waited for its day, where whoever asked may still do it; return how much was done.

    Raises KeyProblem, AuditProblem, django.db.Error.
    """
    return sum(_carry_out(decision) for decision in Decision.objects.due())


@transaction.atomic
def _carry_out(decision):
    try:
        decision = decisions.lock(decision)
    # Somebody agreed or took it back at this very moment.
    except InvalidTransition:
        return False
    if not can_manage_people(decision.asked_by):
        decisions.call_off(decision, actor=None, why=ASKER_IS_GONE)
        return False
    # Their second factor is a new one: it waits until that is a day old.
    if not is_settled(decision.asked_by):
        return False
    try:
        with transaction.atomic():
            DOES[decision.kind](decision)
    except (InvalidTransition, StaleRequest, EnvelopeProblem) as problem:
        logger.warning("decisions: %s can't be done: %s", decision.kind, type(problem).__name__)
        decisions.call_off(decision, actor=None, why=IMPOSSIBLE)
        return False
    return True
