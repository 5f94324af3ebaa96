"""Ending sessions: all of somebody's, or one. What is ended is gone at once, and noted."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from . import events
from .models import StaffSession, hash_of, longest


@transaction.atomic
def end_sessions(user, keep=None, *, why, actor=None) -> int:
    """End all sessions of a user but ``keep`` (a ``request.session``); return how many there were.

    For whatever makes an account another one: it was switched off, lost a role, got a new password or factor.
    ``why`` is a sentence for auditors; ``actor`` is who did it, if not the user.
    """
    rows = StaffSession.objects.filter(user=user)
    if keep is not None and keep.session_key:
        rows = rows.exclude(pk=hash_of(keep.session_key))
    return _end(rows, user=user, why=why, actor=actor or user)


@transaction.atomic
def end_session(user, key_hash, *, actor) -> int:
    """End the one session of a user that has this hash; return 0 where there is none any more."""
    rows = StaffSession.objects.filter(user=user, pk=key_hash)
    return _end(rows, user=user, why="It was ended by hand.", actor=actor)


def clear_over():
    """Remove the sessions that are over by themselves; of those of somebody it is noted that they are."""
    for row in StaffSession.objects.filter(expire_date__lte=timezone.now()).select_related("user"):
        with transaction.atomic():
            number, _ = StaffSession.objects.filter(pk=row.pk).delete()
            if number and row.user:
                events.note(events.Action.SIGN_OUT, actor=None, about=row.user, detail=_why_over(row))


def _why_over(row):
    if row.began + longest() <= row.expire_date:
        return f"By itself, {settings.ACCOUNTS_SESSION_HOURS} hours after signing in."
    return f"By itself, after {row.idle_minutes} minutes without a sign of anybody."


def _end(rows, *, user, why, actor):
    number, _ = rows.delete()
    if number:
        ended = "1 session was ended." if number == 1 else f"{number} sessions were ended."
        events.note(events.Action.SESSION, actor=actor, about=user, detail=f"{ended} {why}")
    return number
