"""What else ends sessions: signing out is noted, and a new password or factor ends all others."""

import logging

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver

from . import events
from .sessions import end_sessions

logger = logging.getLogger(__name__)


@receiver(user_logged_out)
def note_sign_out(sender, request, user, **_more):
    """Note it, whichever door was taken. Whoever wants to leave leaves also where nothing can be noted."""
    if user is None:
        return
    try:
        events.note(events.Action.SIGN_OUT, actor=user, about=user)
    except Exception:
        logger.exception("A sign-out could not be noted.")


@receiver([password_changed, password_reset, password_set])
def end_after_new_password(sender, request, user, **_more):
    """Whoever knew the old one is out."""
    end_sessions(user, keep=own_session(request, user), why="The password is a new one.")


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def end_after_new_factor(sender, request, user, **_more):
    """Whoever came in without it, or with the old one, is out."""
    end_sessions(user, keep=own_session(request, user), why="The second factors have changed.")


def own_session(request, user):
    """Return the session in which users do it themselves, or None where others do it for them."""
    return request.session if request.user == user else None
