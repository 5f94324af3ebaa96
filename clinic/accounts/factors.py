"""Whether somebody has a second factor of their own: a passkey, or the codes of an app."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Min
from django.utils import timezone

# Recovery codes come with one of these and are none by themselves.
FACTORS = [Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP]


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
