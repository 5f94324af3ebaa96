"""What django-allauth tells of second factors is noted; nothing is decided here."""

from allauth.account.signals import authentication_step_completed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from django.dispatch import receiver

from . import events, signed_in

NAMES = {
    Authenticator.Type.WEBAUTHN: "a passkey",
    Authenticator.Type.TOTP: "an app for codes",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


@receiver(authenticator_added, dispatch_uid="note_factor_added")
def note_added(user, authenticator, **kwargs):
    """Note that somebody has another factor."""
    _note(user, f"added {NAMES[authenticator.type]}")


@receiver(authenticator_removed, dispatch_uid="note_factor_removed")
def note_removed(user, authenticator, **kwargs):
    """Note that somebody has one factor less."""
    _note(user, f"removed {NAMES[authenticator.type]}")


@receiver(authenticator_reset, dispatch_uid="note_factor_reset")
def note_reset(user, authenticator, **kwargs):
    """Note that there are new recovery codes."""
    _note(user, f"made new {NAMES[authenticator.type]}")


@receiver(authenticator_used, dispatch_uid="note_recovery_code_used")
def note_recovery_code(user, authenticator, **kwargs):
    """Note that a recovery code was used: it may have been found on somebody's desk."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        left = len(authenticator.wrap().get_unused_codes())
        _note(user, f"used a recovery code, {left} left")


@receiver(authentication_step_completed, dispatch_uid="note_signed_in_afresh")
def note_afresh(user, **kwargs):
    """Note that somebody who is signed in showed again that it is them."""
    if kwargs.get("reauthenticated"):
        signed_in.note_again(user, kwargs.get("type"))


def _note(user, detail):
    events.note(events.Action.FACTOR, actor=user, about=user, detail=detail, tell=[events.Tell.HOLDER])
