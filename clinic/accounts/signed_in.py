"""What is noted when somebody signed in, or failed with a passkey."""

from datetime import timedelta

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator

from clinic.core.networks import visitor_network

from . import events, known_devices
from .guessing import Limit

Type = Authenticator.Type
FACTOR_WORDS = {
    Type.WEBAUTHN: "a passkey",
    Type.TOTP: "a code of an app",
    Type.RECOVERY_CODES: "a recovery code",
}
# Passkeys are tried as often as anybody likes; the audit has no room for as many rows.
WRONG_PASSKEYS = Limit("wrong passkeys", 30, timedelta(minutes=15))


def note(request, user):
    """Note how somebody signs in, tell of a device that is new, and know it from now on. Call it before."""
    is_new = not known_devices.known_to(request, user)
    events.note(
        events.Action.SIGN_IN,
        actor=user,
        about=user,
        detail=f"with {_ways(request, user)}{', from a new device' if is_new else ''}",
        tell=[events.Tell.HOLDER, events.Tell.OWNER] if is_new else [],
    )
    known_devices.remember_after(request, user)


def note_again(user, method):
    """Note that somebody who is signed in showed again that it is them."""
    word = FACTOR_WORDS.get(method, "the password")
    events.note(events.Action.SIGN_IN, actor=user, about=user, detail=f"afresh, with {word}")


def note_wrong_passkey(request, user=None):
    """Note a passkey that is not known here, or is one of somebody who may not sign in."""
    if WRONG_PASSKEYS.has_room(visitor_network(request)):
        detail = "passkey, account switched off" if user else "unknown passkey"
        events.note(events.Action.SIGN_IN_FAIL, actor=None, about=user, detail=detail)


def _ways(request, user):
    """Return what was shown, in the order in which it was."""
    words = []
    for record in get_authentication_records(request, user):
        word = FACTOR_WORDS.get(record.get("type"), "a password")
        if word not in words:
            words.append(word)
    return " and ".join(words) or "nothing that is known"
