"""Ending the sessions of an account."""

from django.contrib.sessions.models import Session
from django.utils import timezone


def end_sessions(user, keep=None, *, why, actor=None) -> int:
    """End all sessions of a user but ``keep`` (a ``request.session``); return how many there were."""
    keys = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=timezone.now())
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
        and (keep is None or session.pk != keep.session_key)
    ]
    Session.objects.filter(pk__in=keys).delete()
    return len(keys)
