"""Giving an account another password: it ends what was open with the old one, and its holder is told."""

import secrets

from django.db import transaction

from . import events, mailing
from .mailing import Kind
from .passwords import normal_password
from .sessions import end_sessions

# 64 characters: nobody knows it, and a mailed link replaces it.
UNKNOWN_BYTES = 48


@transaction.atomic
def give_password(user, password, *, actor, how, keep=None, tell=(events.Tell.HOLDER,)):
    """Set a password that was judged before, and note ``how``; ``keep`` is the session that goes on.

    Raises what stands in the way of noting it.
    """
    user.set_password(normal_password(password))
    user.save(update_fields=["password"])
    mailing.void(user, Kind.RESET)
    end_sessions(user, keep=keep, why="The password was changed.", actor=actor)
    events.note(events.Action.PASSWORD, actor=actor, about=user, detail=how, tell=tell)


def take_password(user):
    """Leave an account without a password that anybody knows; a mailed link brings another."""
    user.set_password(secrets.token_urlsafe(UNKNOWN_BYTES))
    user.save(update_fields=["password"])
