"""Whether somebody has a second factor of their own: a passkey, or the codes of an app."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.utils import timezone

# Recovery codes come with one of these and are none by themselves.
FACTORS = [Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP]


def has_own_factor(user, *, older_than=timedelta()) -> bool:
    """Whether the user has had a second factor for longer than that."""
    factors = Authenticator.objects.filter(user=user, type__in=FACTORS)
    return factors.filter(created_at__lte=timezone.now() - older_than).exists()
