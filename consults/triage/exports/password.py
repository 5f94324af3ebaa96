"""Signing in afresh for what weighs more: the password again, unless it was typed a moment ago."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password
from django.utils import timezone

from consults import audit
from consults.enums import AuditAction
from consults.models import AuditEvent

# Gone with the session when somebody signs out.
SESSION_KEY = "consult_password_at"
LASTS = timedelta(minutes=15)
MOST_WRONG = 5
LOCKED_FOR = timedelta(minutes=15)
# What the audit calls it; the number of these locks.
TRIED_WRONGLY = "wrong password"
LOCKED = "locked after wrong passwords"
SAY_WRONG = "That is not your password. Type it again."
SAY_LOCKED = "Too many wrong passwords. Wait 15 minutes, then try again."


def is_fresh(session) -> bool:
    """Whether the password was typed in this session within the last quarter of an hour."""
    age = timezone.now().timestamp() - session.get(SESSION_KEY, 0)
    return 0 <= age < LASTS.total_seconds()


def problem_with(password, request) -> str:
    """Return what is wrong in words, which is noted as refused, or nothing where the password is right.

    Call it in a transaction. Raises AuditProblem.
    """
    # Held until the transaction ends: many at once get no more tries than one after another.
    user = get_user_model().objects.select_for_update(no_key=True).get(pk=request.user.pk)
    if _is_locked(user):
        audit.append(AuditAction.DENIED, actor=user, detail=LOCKED)
        return SAY_LOCKED
    if not check_password(password, user.password):
        audit.append(AuditAction.DENIED, actor=user, detail=TRIED_WRONGLY)
        return SAY_WRONG
    request.session[SESSION_KEY] = timezone.now().timestamp()
    return ""


def _is_locked(user):
    """Whether the last of five wrong ones close together is less than a quarter of an hour ago."""
    now = timezone.now()
    wrong = AuditEvent.objects.filter(
        actor=user, action=AuditAction.DENIED, detail=TRIED_WRONGLY, at__gt=now - LOCKED_FOR - LASTS
    )
    moments = list(wrong.order_by("-seq").values_list("at", flat=True)[:MOST_WRONG])
    if len(moments) < MOST_WRONG:
        return False
    return moments[0] - moments[-1] < LASTS and now - moments[0] < LOCKED_FOR
