"""A sign-in that waits for its second step counts only as long as the account is as it was at the first."""

from allauth.account.internal.stagekit import clear_login, get_pending_stage
from allauth.mfa.adapter import get_adapter
from django.utils.crypto import constant_time_compare

from .factors import FACTORS

# What the account was like, as Django asks it of every session.
BEGAN_WITH = "accounts_began_with"


def note_beginning(request, user):
    """Remember how the account is now."""
    request.session[BEGAN_WITH] = user.get_session_auth_hash()


def forget_outdated(request):
    """Let whoever waits begin anew where the password is another one, the account off, or no factor left."""
    stage = get_pending_stage(request)
    if stage and not _is_as_it_was(request, stage.login.user):
        clear_login(request)


def _is_as_it_was(request, user):
    began_with = request.session.get(BEGAN_WITH, "")
    is_same = constant_time_compare(began_with, user.get_session_auth_hash())
    return is_same and user.is_active and get_adapter().is_mfa_enabled(user, FACTORS)
