"""Inviting people: a link, once, for 72 hours, with which they choose their own password.

The link is signed with the site's key and stored nowhere: whoever reads the database can't follow it.
"""

from django.contrib.auth.models import User
from django.core import signing
from django.db import transaction
from django.utils import timezone

from clinic.accounts.email_change import is_taken
from clinic.accounts.events import Tell
from clinic.accounts.guessing import DAY, Limit
from clinic.accounts.passwords import normal_password
from consults.account_events import note_account_event
from consults.enums import GUARDED_ROLES, AuditAction, DecisionKind, DeskRole
from consults.models import Invitation, OutboxMessage
from consults.permissions import can_manage_people
from consults.workflow.errors import InvalidTransition, NotAllowed

from . import decisions, grants

_SIGNER = signing.Signer(salt="invitation")
# The key, a dot, and so on: longer is none of ours.
LONGEST_TOKEN = 120
# How often a link is tried in vain until no further row of the audit says so.
TRIED_IN_VAIN = Limit("invitation tried in vain", 10, DAY)


class Useless(Exception):
    """An invitation that can't be used; ``why`` names the reason."""

    USED, LATE, REVOKED, OFF = "used", "late", "revoked", "off"

    def __init__(self, why, invitation):
        super().__init__(why)
        self.why, self.invitation = why, invitation


@transaction.atomic
def invite(*, email: str, first_name: str, last_name: str, role: str, actor: User) -> Invitation:
    """Invite somebody to the desk.

    Raises NotAllowed, InvalidTransition (the address has an account), AuditProblem.
    """
    if not can_manage_people(actor):
        raise NotAllowed
    if role not in DeskRole.values or User.objects.filter(email__iexact=email).exists():
        raise InvalidTransition
    Invitation.objects.open().filter(email__iexact=email).update(revoked_at=timezone.now())
    invitation = Invitation.objects.create(
        email=email, first_name=first_name, last_name=last_name, role=role, invited_by=actor
    )
    tell = [Tell.OWNER, Tell.AUDITORS] if role in GUARDED_ROLES else []
    _note(invitation, actor, f"invited somebody to be one of the {invitation.get_role_display()}", tell=tell)
    _queue(invitation)
    return invitation


@transaction.atomic
def invite_account(user: User, *, actor: User) -> Invitation:
    """Let the holder of a new account choose their password. Raises AuditProblem."""
    invitation = Invitation.objects.create(email=user.email, user=user, invited_by=actor)
    _queue(invitation)
    return invitation


@transaction.atomic
def revoke(invitation: Invitation, *, actor: User) -> None:
    """Take an invitation back. Raises NotAllowed, InvalidTransition (it is over), AuditProblem."""
    if not can_manage_people(actor):
        raise NotAllowed
    open_ones = Invitation.objects.open().filter(pk=invitation.pk)
    if not open_ones.update(revoked_at=timezone.now()):
        raise InvalidTransition
    _note(invitation, actor, "took an invitation back")


def token_of(invitation: Invitation) -> str:
    """Return what makes the link."""
    return _SIGNER.sign(f"{invitation.pk}-{invitation.nonce}")


def find(token: str) -> Invitation | None:
    """Return the invitation of a link; None for a link that is none of ours."""
    try:
        key, _, nonce = _SIGNER.unsign(token[:LONGEST_TOKEN]).partition("-")
    except signing.BadSignature:
        return None
    return Invitation.objects.filter(pk=key, nonce=nonce).select_related("user", "invited_by").first()


def check(invitation: Invitation) -> None:
    """Refuse an invitation that can't be used, and note that somebody tried. Raises Useless, AuditProblem."""
    if why := _why_useless(invitation):
        account = invitation.user
        if TRIED_IN_VAIN.has_room(invitation.pk):
            _note(invitation, None, f"an invitation was tried in vain: {why}", about=account)
        raise Useless(why, invitation)


def accept(invitation: Invitation, *, username: str, password: str) -> User:
    """Make the account, or give the one that waits its password; the link is used up.

    Raises Useless, django.db.IntegrityError (somebody took the username meanwhile), AuditProblem.
    """
    check(invitation)
    with transaction.atomic():
        if not Invitation.objects.open().filter(pk=invitation.pk).update(used_at=timezone.now()):
            raise Useless(Useless.USED, invitation)
        user = invitation.user or User(
            username=username,
            email=invitation.email,
            first_name=invitation.first_name,
            last_name=invitation.last_name,
        )
        user.set_password(normal_password(password))
        user.save(update_fields=["password"] if user.pk else None)
        Invitation.objects.filter(pk=invitation.pk).update(user=user)
        _note(invitation, user, "accepted an invitation and chose a password", about=user)
        if invitation.role:
            _give(user, invitation)
    return user


def _give(user, invitation):
    """Give the role that the invitation names, or ask for it in the name of whoever invited."""
    if invitation.role in GUARDED_ROLES:
        decisions.ask(DecisionKind.GRANT, actor=invitation.invited_by, about=user, role=invitation.role)
    else:
        grants.begin(user, invitation.role, granted_by=invitation.invited_by)


def _why_useless(invitation):
    if invitation.used_at:
        return Useless.USED
    if invitation.user and not invitation.user.is_active:
        return Useless.OFF
    # What somebody offers who manages no longer is no offer.
    if invitation.revoked_at or (invitation.role and not can_manage_people(invitation.invited_by)):
        return Useless.REVOKED
    if _is_of_before(invitation):
        return Useless.REVOKED
    return Useless.LATE if invitation.is_late else ""


def _is_of_before(invitation):
    """Whether the mailbox has an account meanwhile; or that account another one, or a password otherwise."""
    user = invitation.user
    if user is None:
        return is_taken(invitation.email)
    return user.email != invitation.email or user.has_usable_password()


def _note(invitation, actor, detail, *, about=None, tell=()):
    note_account_event(
        AuditAction.ACCOUNT, actor=actor, about=about, detail=f"{detail} ({invitation})", tell=tell
    )


def _queue(invitation):
    OutboxMessage.objects.create(
        template=OutboxMessage.Template.INVITATION,
        recipient=OutboxMessage.Recipient.HOLDER,
        reference=f"I{invitation.pk}",
    )
