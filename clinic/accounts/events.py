"""What happens to accounts, told to whoever keeps it: the apps that register ``note_account_event``."""

from enum import StrEnum

from django.db import transaction
from wagtail import hooks


class Action(StrEnum):
    """What can happen to an account; 12 characters at most, since the audit keeps the word."""

    SIGN_IN = "sign_in"
    SIGN_IN_FAIL = "sign_in_fail"
    LIMIT = "limit"
    SIGN_OUT = "sign_out"
    SESSION = "session"
    FACTOR = "factor"
    PASSWORD = "password"  # noqa: S105
    EMAIL = "email"
    GRANT = "grant"
    ACCOUNT = "account"


class Tell(StrEnum):
    """Who gets a mail about it."""

    OWNER = "owner"
    AUDITORS = "auditors"
    # The person whose account it is.
    HOLDER = "holder"


def note(action, *, actor, about=None, detail="", tell=()):
    """Note that ``actor`` (None: nobody signed in, or the site) did something to the account ``about``.

    ``detail`` is 200 characters at most, for auditors and for the mail: never what somebody typed. The note
    is one transaction with what the caller does in one. Raises what stands in the way of noting it: then it
    must not happen either.
    """
    with transaction.atomic():
        for keep in hooks.get_hooks("note_account_event"):
            keep(action, actor=actor, about=about, detail=detail, tell=tell)
