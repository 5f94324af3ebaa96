"""What one manager asks for and not one alone decides: asking, agreeing, taking back.

It takes two accounts that count (``settled``). Where the clinic has fewer than two
managers like that, a day of waiting stands in for the second one; owner and auditors hear of it at once, and
every manager and auditor can take it back meanwhile.

What is decided is done elsewhere, see ``carrying_out``.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from clinic.accounts.events import Tell
from consults.account_events import note_account_event
from consults.enums import AuditAction, DecisionKind, DeskRole
from consults.models import Decision, DeskGrant
from consults.permissions import can_manage_people, can_take_back
from consults.workflow.errors import InvalidTransition, NotAllowed, NotSettled, SamePerson

from .settled import A_DAY, is_settled, lacks_second_manager

ASKED_OF = [Tell.OWNER, Tell.AUDITORS]
# Under what the audit keeps each kind.
NOTED_AS: dict[str, AuditAction] = {
    DecisionKind.GRANT: AuditAction.GRANT,
    DecisionKind.ERASE: AuditAction.CHANGE,
    DecisionKind.LIFT_STOP: AuditAction.CHANGE,
    DecisionKind.RELEASE: AuditAction.CHANGE,
    DecisionKind.FACTOR: AuditAction.FACTOR,
}


def open_decision(kind: str, **what: Any) -> Decision | None:
    """Return what waits already, of these (``consult``, or ``about`` and ``role``).

    What somebody asked for who manages no longer stands in nobody's way.
    """
    managers = DeskGrant.objects.in_force().filter(role=DeskRole.MANAGER)
    waiting = Decision.objects.open().filter(kind=kind, asked_by__in=managers.values("user"), **what)
    return waiting.select_related("asked_by").first()


def number_waiting(user: User) -> int | None:
    """Return how much waits, for those who may see it; None for everybody else."""
    return Decision.objects.open().count() if can_take_back(user) else None


@transaction.atomic
def ask(kind: str, *, actor: User, reason: str = "", **what: Any) -> Decision:
    """Note what a manager asks for; the same again changes nothing. The caller knows that they may.

    Raises NotAllowed, AuditProblem.
    """
    if not can_manage_people(actor):
        raise NotAllowed
    now = timezone.now()
    due_at = now + A_DAY if lacks_second_manager() else None
    decision = open_decision(kind, asked_by=actor, **what)
    # Whoever should have agreed manages no longer: from now on a day stands in for them.
    if decision and (decision.due_at or due_at is None):
        return decision
    decision = decision or Decision(kind=kind, asked_by=actor, reason=reason, **what)
    decision.asked_at, decision.due_at = now, due_at
    decision.save()
    _note(decision, actor, f"asks to {decision.in_words}; {when_in_words(due_at)}")
    return decision


def when_in_words(due_at: datetime | None) -> str:
    """Return when something is done that was asked for."""
    if due_at is None:
        return "a second manager has to agree"
    moment = date_format(timezone.localtime(due_at), "SHORT_DATETIME_FORMAT")
    return f"done on {moment}, unless a manager or auditor takes it back"


def check_second(decision: Decision, *, actor: User) -> None:
    """Refuse whoever can't be the second of two.

    Raises NotAllowed, SamePerson, NotSettled, InvalidTransition (the first one manages no longer).
    """
    if not can_manage_people(actor):
        raise NotAllowed
    if actor.pk == decision.asked_by_id:
        raise SamePerson
    if not can_manage_people(decision.asked_by):
        raise InvalidTransition
    if not (is_settled(actor) and is_settled(decision.asked_by)):
        raise NotSettled


def close(decision: Decision, *, confirmed_by: User | None = None) -> None:
    """Note that it is done, with the second manager's click or after its day. Raises AuditProblem."""
    decision.confirmed_by, decision.done_at = confirmed_by, timezone.now()
    decision.save(update_fields=["confirmed_by", "done_at"])
    how = "agrees to" if confirmed_by else "a day has passed:"
    _note(decision, confirmed_by, f"{how} {decision.in_words}, asked for by {decision.asked_by}")


@transaction.atomic
def take_back(decision: Decision, *, actor: User) -> None:
    """Call off what waits. Raises NotAllowed, InvalidTransition (it is over), AuditProblem."""
    if not can_take_back(actor):
        raise NotAllowed
    decision = lock(decision)
    call_off(decision, actor=actor, why="takes back the wish")


def call_off(decision: Decision, *, actor: User | None, why: str) -> None:
    """Note that it is not to be done any more. Raises AuditProblem."""
    decision.revoked_by, decision.revoked_at = actor, timezone.now()
    decision.save(update_fields=["revoked_by", "revoked_at"])
    _note(decision, actor, f"{why} to {decision.in_words}, of {decision.asked_by}")


def lock(decision: Decision) -> Decision:
    """Return it as it is now, held until the transaction ends. Raises InvalidTransition where it is over."""
    found = Decision.objects.select_for_update().open().filter(pk=decision.pk).first()
    if found is None:
        raise InvalidTransition
    return found


def _note(decision, actor, detail):
    note_account_event(
        NOTED_AS[decision.kind],
        actor=actor,
        about=decision.about,
        references=[decision.consult.reference] if decision.consult else [],
        detail=detail,
        tell=[*ASKED_OF, Tell.HOLDER] if decision.about else ASKED_OF,
    )
