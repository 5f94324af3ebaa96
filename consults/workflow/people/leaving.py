"""Somebody leaves the desk: their account is switched off, and nobody waits for what they held."""

from django.contrib.auth.models import User
from django.db import transaction

from clinic.accounts.events import Tell
from clinic.accounts.switched_off import close_doors
from consults.account_events import note_account_event
from consults.enums import GUARDED_ROLES, AuditAction
from consults.models import ConsultRequest, Invitation
from consults.permissions import can_change_requests, can_manage_people
from consults.workflow.errors import InvalidTransition, NotAllowed
from consults.workflow.transitions.change import NOTHING, Done
from consults.workflow.transitions.desk import assign
from consults.workflow.transitions.releasing import release

from .grants import EVERYBODY, end, hold_managers, refuse_last_manager


def held_by(user):
    """Return the open requests that somebody has now."""
    return ConsultRequest.objects.open().filter(assignee=user)


@transaction.atomic
def switch_off(user: User, *, actor: User, hand_to: User | None = None) -> Done:
    """Switch an account off, end its roles, and give what it held to a colleague, or back to everybody.

    Raises NotAllowed, LastManager, InvalidTransition (nobody of the desk's, or the colleague may not answer),
    StaleRequest (somebody changed one of the requests at this very moment), AuditProblem.
    """
    hold_managers(actor)
    if not user.is_active:
        return NOTHING
    grants = list(user.desk_grants.filter(until=None))
    if not grants or (hand_to and (hand_to == user or not can_change_requests(hand_to))):
        raise InvalidTransition
    refuse_last_manager(user)
    for consult in held_by(user).oldest_first():
        if hand_to:
            assign(consult, actor=actor, version=consult.version, assignee=hand_to)
        else:
            release(consult, actor=actor)
    for grant in grants:
        end(grant, ended_by=actor)
    is_guarded = any(grant.role in GUARDED_ROLES for grant in grants)
    _set_active(user, False, actor=actor, tell=EVERYBODY if is_guarded else [Tell.HOLDER])
    return Done()


@transaction.atomic
def let_in_again(user: User, *, actor: User) -> Done:
    """Switch an account of the desk's on again, without any role. Raises NotAllowed, InvalidTransition."""
    if not can_manage_people(actor):
        raise NotAllowed
    if not user.desk_grants.exists():
        raise InvalidTransition
    if user.is_active:
        return NOTHING
    # Whoever was switched off past this module has roles still.
    for grant in user.desk_grants.filter(until=None):
        end(grant, ended_by=actor)
    _set_active(user, True, actor=actor, tell=EVERYBODY)
    return Done()


def _set_active(user, is_active, *, actor, tell):
    User.objects.filter(pk=user.pk).update(is_active=is_active)
    user.is_active = is_active
    if not is_active:
        close_doors(user, actor=actor)
        Invitation.objects.open().filter(user=user).delete()
    how = "on again" if is_active else "off"
    note_account_event(
        AuditAction.ACCOUNT, actor=actor, about=user, detail=f"{user}: switched {how}", tell=tell
    )
