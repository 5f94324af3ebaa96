"""The mark of a test request: signed, so that nobody else's request vanishes like one."""

from datetime import timedelta

from django.conf import settings
from django.core import signing

FIELD = "canary"
SALT = "consults.intake.canary"
# Ours have about sixty characters.
LONGEST = 200
VALID_FOR = timedelta(minutes=10)


def new_mark() -> str:
    """Return a mark for a test request that is sent now."""
    return _signer().sign("canary")


def is_marked(data) -> bool:
    """Whether a posted form bears a valid mark."""
    try:
        _signer().unsign(data.get(FIELD, "")[:LONGEST], max_age=VALID_FOR)
    except signing.BadSignature:
        return False
    return True


def _signer():
    return signing.TimestampSigner(key=settings.CONSULTS_TOKEN_KEY, salt=SALT)
