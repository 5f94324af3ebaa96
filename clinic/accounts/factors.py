"""Whether somebody has a second factor of their own, and whether a code of theirs is good."""

from datetime import timedelta

from allauth.account.authentication import get_authentication_records
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.crypto import constant_time_compare

TOTP = Authenticator.Type.TOTP
# A passkey, or the codes of an app. Recovery codes come with one of these and are none by themselves.
FACTORS = [Authenticator.Type.WEBAUTHN, TOTP]
# The step of the newest code that was taken: neither it nor an older one is taken again.
TAKEN = "taken"


def owners(*, older_than=timedelta()):
    """Return the keys of all who have had a second factor for longer than that, for a query to use."""
    factors = Authenticator.objects.filter(type__in=FACTORS, created_at__lte=timezone.now() - older_than)
    return factors.values("user")


def since_when(users):
    """Return since when each of these users has had a second factor, by key; who has none is missing."""
    factors = Authenticator.objects.filter(type__in=FACTORS, user__in=users)
    return dict(factors.order_by().values_list("user").annotate(Min("created_at")))


def has_own_factor(user, *, older_than=timedelta()) -> bool:
    """Whether the user has had a second factor for longer than that."""
    factors = Authenticator.objects.filter(user=user, type__in=FACTORS)
    return factors.filter(created_at__lte=timezone.now() - older_than).exists()


def came_by_factor(request, user) -> bool:
    """Whether this user showed a second factor in this session."""
    records = get_authentication_records(request, user)
    return any(record.get("method") == "mfa" for record in records)


@transaction.atomic
def take_code(user, code) -> Authenticator | None:
    """Return the factor that a code is of, and let it count once; None where it is of none.

    Many at once wait for each other, in whatever process: the rows are held.
    """
    candidates = Authenticator.objects.select_for_update().filter(user=user)
    # The app first: its codes are the usual ones.
    for factor in sorted(candidates.exclude(type=Authenticator.Type.WEBAUTHN), key=lambda f: f.type != TOTP):
        is_good = _take_step(factor, code) if factor.type == TOTP else factor.wrap().validate_code(code)
        if is_good:
            factor.refresh_from_db()
            factor.user = user
            return factor
    return None


def step_of(secret, code) -> int | None:
    """Return the step of time that a code of an app belongs to, now or a step beside it; None for no code."""
    if len(code) != app_settings.TOTP_DIGITS:
        return None
    for step in yield_hotp_counters_from_time():
        if constant_time_compare(code, format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def _take_step(factor, code):
    step = step_of(decrypt(factor.data["secret"]), code)
    if step is None or step <= factor.data.get(TAKEN, -1):
        return False
    factor.data[TAKEN] = step
    factor.save(update_fields=["data"])
    return True
