"""What ends with an account that is switched off, so that nothing of it is open when it is on again."""

from django.db import transaction

from . import mailing
from .email_change import drop_wish
from .mailing import Kind
from .sessions import end_sessions


@transaction.atomic
def close_doors(user, *, actor):
    """End its sessions, and let no link of a mail open it later."""
    end_sessions(user, why="The account was switched off.", actor=actor)
    mailing.void(user, Kind.RESET)
    drop_wish(user)
