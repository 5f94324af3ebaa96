"""Somebody lost phone, passkeys and codes: others vouch for them, and everybody hears of it.

Two managers decide it together, or whoever has the server by a command. A site's administrator has no way
to do it from the browser.
"""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction

from . import events
from .new_password import take_password
from .reset import mail_reset_link
from .sessions import end_sessions

# How long the link for the new password is good.
LINK_LASTS = timedelta(hours=24)
BY_COMMAND = "by a command on the server"


class NotAllowed(Exception):
    """It can't be given back like this; the message says why."""


def what_hinders(user) -> str:
    """Return why this account can't begin anew, in words; nothing where it can."""
    if not user.is_active:
        return "This account is switched off."
    if not user.email:
        return "This account has no e-mail address to send the link to. Give it one first."
    return ""


@transaction.atomic
def give_back(user, *, actor, how=BY_COMMAND, tell=tuple(events.Tell)):
    """Let somebody begin anew: no factor, no open session, a new password by a mailed link.

    Whoever calls it made sure that it may be: two managers, a day of waiting, or a command on the server
    (then without an actor); ``how`` says which. Raises NotAllowed, and what stands in the way of noting it.
    """
    if problem := what_hinders(user):
        raise NotAllowed(problem)
    number, _ = Authenticator.objects.filter(user=user).delete()
    take_password(user)
    end_sessions(user, why="The second factor was given back.", actor=actor)
    mail_reset_link(user, lasts=LINK_LASTS)
    events.note(
        events.Action.FACTOR,
        actor=actor,
        about=user,
        detail=f"gave back a lost factor ({number} removed), {how}",
        tell=tell,
    )
