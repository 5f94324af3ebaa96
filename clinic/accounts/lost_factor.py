"""Somebody lost phone, passkeys and codes: others vouch for them, and everybody hears of it.

Two managers do it together, or whoever has the server by a command. A site's administrator has no way to do
it from the browser.
"""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from . import events
from .factors import has_own_factor
from .new_password import take_password
from .reset import mail_reset_link
from .sessions import end_sessions

MANAGERS = "Managers"
# How old a factor has to be: one that was added for the purpose vouches for nobody.
OLD_ENOUGH = timedelta(days=1)
# How long a clinic with one manager waits in place of a second one.
WAIT = timedelta(hours=24)
# How long the link for the new password is good.
LINK_LASTS = timedelta(hours=24)


class NotAllowed(Exception):
    """It can't be given back like this; the message says why."""


@transaction.atomic
def give_back(user, *, actor, second=None, asked_at=None):
    """Let somebody begin anew: no factor, no open session, a new password by a mailed link.

    ``actor`` asked for it and ``second`` agreed, both managers; where no second one could, a day has passed
    since ``asked_at``. Without an actor it is a command on the server. Raises NotAllowed, and what stands in
    the way of noting it.
    """
    if not user.is_active:
        raise NotAllowed("This account is switched off.")
    if not user.email:
        raise NotAllowed("This account has no e-mail address to send the link to. Give it one first.")
    if actor is not None:
        _refuse(user, actor, second, asked_at)
    number, _ = Authenticator.objects.filter(user=user).delete()
    take_password(user)
    end_sessions(user, why="The second factor was given back.", actor=actor)
    mail_reset_link(user, lasts=LINK_LASTS)
    events.note(
        events.Action.FACTOR,
        actor=actor,
        about=user,
        detail=f"gave back a lost factor ({number} removed), {_by(actor, second)}",
        tell=list(events.Tell),
    )


def may_vouch(manager, *, for_user):
    """Whether somebody may be one of the two: a manager, not about themselves, with a factor a day old."""
    return (
        manager.is_active
        and manager.pk != for_user.pk
        and manager.groups.filter(name=MANAGERS).exists()
        and has_own_factor(manager, older_than=OLD_ENOUGH)
    )


def _refuse(user, actor, second, asked_at):
    if not may_vouch(actor, for_user=user):
        raise NotAllowed("Only another manager can, with a second factor that is older than a day.")
    if second is not None:
        if second.pk == actor.pk or not may_vouch(second, for_user=user):
            raise NotAllowed("The second person has to be another manager, with a factor older than a day.")
        return
    if any(may_vouch(other, for_user=user) for other in _managers(but=actor)):
        raise NotAllowed("A second manager has to agree.")
    if asked_at is None or timezone.now() - asked_at < WAIT:
        raise NotAllowed("There is no second manager, so this waits for 24 hours.")


def _managers(*, but):
    managers = get_user_model().objects.filter(is_active=True, groups__name=MANAGERS)
    return managers.exclude(pk=but.pk)


def _by(actor, second):
    if actor is None:
        return "by a command on the server"
    return f"agreed by {second.get_username()}" if second else "after a day, without a second manager"
