"""Giving and taking the roles at the desk. Never is there no manager left to give one."""

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils import timezone

from clinic.accounts.events import Tell
from consults.account_events import note_account_event
from consults.enums import GUARDED_ROLES, AuditAction, DecisionKind, DeskRole
from consults.models import Decision, DeskGrant
from consults.permissions import can_manage_people
from consults.workflow.errors import InvalidTransition, LastManager, NotAllowed, ThereIsOne
from consults.workflow.transitions.change import NOTHING, Done, Undone

from . import decisions

EVERYBODY = [Tell.OWNER, Tell.AUDITORS, Tell.HOLDER]


@transaction.atomic
def give_role(user: User, role: str, *, actor: User) -> Done:
    """Give somebody a role; a guarded one is asked for, or agreed to where another manager asked.

    Raises NotAllowed, InvalidTransition (the account is switched off), SamePerson, NotSettled, AuditProblem.
    """
    if not can_manage_people(actor):
        raise NotAllowed
    if not user.is_active or role not in DeskRole.values:
        raise InvalidTransition
    if user.desk_grants.filter(role=role, until=None).exists():
        return NOTHING
    if role not in GUARDED_ROLES:
        begin(user, role, granted_by=actor)
        return Done()
    asked = decisions.open_decision(DecisionKind.GRANT, about=user, role=role)
    if asked is None or asked.asked_by_id == actor.pk:
        asked = decisions.ask(DecisionKind.GRANT, actor=actor, about=user, role=role)
        return Done(undone=(Undone.DECIDING,), written=asked)
    asked = decisions.lock(asked)
    decisions.check_second(asked, actor=actor)
    grant_decided(asked, confirmed_by=actor)
    return Done()


def grant_decided(decision: Decision, *, confirmed_by: User | None = None) -> None:
    """Give the role that was decided on. Raises InvalidTransition where it can't be given, AuditProblem."""
    user = decision.about
    if user is None or not user.is_active or user.desk_grants.filter(role=decision.role, until=None).exists():
        raise InvalidTransition
    begin(user, decision.role, granted_by=decision.asked_by, confirmed_by=confirmed_by)
    decisions.close(decision, confirmed_by=confirmed_by)


@transaction.atomic
def take_role(user: User, role: str, *, actor: User) -> Done:
    """Take a role from somebody. Raises NotAllowed, LastManager, AuditProblem."""
    hold_managers(actor)
    grant = user.desk_grants.filter(role=role, until=None).first()
    if grant is None:
        return NOTHING
    if role == DeskRole.MANAGER:
        refuse_last_manager(user)
    end(grant, ended_by=actor)
    return Done()


def hold_managers(actor: User) -> None:
    """Let nobody else change who manages until the transaction ends, and ask only then whether the actor may.

    Raises NotAllowed.
    """
    list(DeskGrant.objects.select_for_update().filter(role=DeskRole.MANAGER, until=None).order_by("pk"))
    if not can_manage_people(actor):
        raise NotAllowed


def refuse_last_manager(user: User) -> None:
    """Raise LastManager where nobody else manages. Call it after ``hold_managers``."""
    managers = DeskGrant.objects.in_force().filter(role=DeskRole.MANAGER)
    if managers.filter(user=user).exists() and not managers.exclude(user=user).exists():
        raise LastManager


@transaction.atomic
def make_manager(user: User, *, beside_others: bool = False) -> None:
    """Make somebody a manager from the server: the first one, or loudly one more.

    Raises InvalidTransition (the account is switched off, or manages already), ThereIsOne, AuditProblem.
    """
    managers = DeskGrant.objects.in_force().filter(role=DeskRole.MANAGER)
    if not user.is_active or managers.filter(user=user).exists():
        raise InvalidTransition
    if managers.exists() and not beside_others:
        raise ThereIsOne
    begin(user, DeskRole.MANAGER, granted_by=None)


def begin(user: User, role: str, *, granted_by: User | None, confirmed_by: User | None = None) -> None:
    """Write that somebody has a role from now on. Raises AuditProblem."""
    grant = DeskGrant.objects.create(user=user, role=role, granted_by=granted_by, confirmed_by=confirmed_by)
    follow(user)
    how = "" if granted_by else ", on the server"
    _note(grant, confirmed_by or granted_by, f"is now one of the {grant.get_role_display()}{how}")


def end(grant: DeskGrant, *, ended_by: User | None) -> None:
    """Write that somebody has a role no longer. Raises AuditProblem."""
    grant.until, grant.ended_by = timezone.now(), ended_by
    grant.save(update_fields=["until", "ended_by"])
    follow(grant.user)
    _note(grant, ended_by, f"is no longer one of the {grant.get_role_display()}")


def follow(user: User) -> None:
    """Let the groups follow the table: they open the admin, and the release before asks them."""
    held = user.desk_grants.filter(until=None).values_list("role", flat=True)
    names = [DeskRole(role).label for role in held]
    user.groups.remove(*user.groups.filter(name__in=set(DeskRole.labels) - set(names)))
    user.groups.add(*Group.objects.filter(name__in=names))


def _note(grant, actor, detail):
    note_account_event(
        AuditAction.GRANT,
        actor=actor,
        about=grant.user,
        detail=f"{grant.user}: {detail}",
        tell=EVERYBODY if grant.role in GUARDED_ROLES else [Tell.HOLDER],
    )
