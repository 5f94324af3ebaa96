"""Somebody at the desk lost their second factor: two managers let them begin anew, or one and a day."""

from django.contrib.auth.models import User
from django.db import transaction

from clinic.accounts import lost_factor
from consults.enums import DecisionKind
from consults.models import Decision
from consults.permissions import can_manage_people
from consults.workflow.errors import InvalidTransition, NotAllowed
from consults.workflow.transitions.change import Done, Undone

from . import decisions


@transaction.atomic
def give_back_factor(user: User, *, actor: User) -> Done:
    """Ask that somebody begins anew, or agree to it where another manager asked.

    Raises NotAllowed, InvalidTransition (oneself, or an account that can't), SamePerson, NotSettled,
    AuditProblem.
    """
    if not can_manage_people(actor):
        raise NotAllowed
    if user.pk == actor.pk or lost_factor.what_hinders(user):
        raise InvalidTransition
    asked = decisions.open_decision(DecisionKind.FACTOR, about=user)
    if asked is None or asked.asked_by_id == actor.pk:
        asked = decisions.ask(DecisionKind.FACTOR, actor=actor, about=user)
        return Done(undone=(Undone.DECIDING,), written=asked)
    asked = decisions.lock(asked)
    decisions.check_second(asked, actor=actor)
    give_back_decided(asked, confirmed_by=actor)
    return Done()


def give_back_decided(decision: Decision, *, confirmed_by: User | None = None) -> None:
    """Let them begin anew, as it was decided. Raises InvalidTransition (nobody vouches for themselves)."""
    user = decision.about
    if user is None or confirmed_by == user:
        raise InvalidTransition
    how = f"agreed by {confirmed_by}" if confirmed_by else "after a day, without a second manager"
    try:
        lost_factor.give_back(user, actor=decision.asked_by, how=how, tell=())
    except lost_factor.NotAllowed:
        raise InvalidTransition from None
    decisions.close(decision, confirmed_by=confirmed_by)
