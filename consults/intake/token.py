"""The form's own token: the moment it was handed out, signed.

It holds nothing about the visitor, so a page may be shared or kept. A missing, old or forged
token never refuses a request.
"""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.utils import timezone

SALT = "consults.intake.token"


def issue_token() -> str:
    """Return a signed token for a form that is shown now."""
    return _signer().sign(str(int(timezone.now().timestamp())))


def issue_day(token: str) -> str:
    """Return the day the token was handed out, as YYYY-MM-DD; today where it can't be trusted."""
    try:
        moment = datetime.fromtimestamp(int(_signer().unsign(token)), tz=timezone.get_default_timezone())
    except (signing.BadSignature, ValueError, OverflowError, OSError):
        moment = timezone.localtime()
    return moment.date().isoformat()


def _signer():
    return signing.Signer(key=settings.CONSULTS_TOKEN_KEY, salt=SALT)
