"""The form's own token: the moment it was handed out and the version of its consent words, signed.

It holds nothing about the visitor, so a page may be shared or kept. A missing, old or forged
token never refuses a request.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.utils import timezone

SALT = "consults.intake.token"
# Ours have about eighty characters.
LONGEST = 300


@dataclass(frozen=True)
class FormToken:
    """What a token tells: both None where it can't be trusted. ``issued_at`` is aware."""

    issued_at: datetime | None = None
    wording_version: str | None = None

    @property
    def day(self) -> str:
        """The clinic's day on which the form was handed out, as YYYY-MM-DD; today where unknown."""
        return timezone.localtime(self.issued_at or timezone.now()).date().isoformat()


NOTHING = FormToken()


def issue_token(wording_version: str, *, first: FormToken = NOTHING) -> str:
    """Return a signed token for a form that is shown now; ``first`` is the token of one that comes back."""
    moment = first.issued_at or timezone.now()
    return _signer().sign(f"{int(moment.timestamp())}:{wording_version}")


def read_token(token: str) -> FormToken:
    """Return what the token tells; nothing where it is missing or forged."""
    try:
        moment, _, version = _signer().unsign(token[: LONGEST + 1]).partition(":")
        issued_at = datetime.fromtimestamp(int(moment), tz=timezone.get_default_timezone())
    except (signing.BadSignature, ValueError, OverflowError, OSError):
        return FormToken()
    return FormToken(issued_at, version)


def _signer():
    return signing.Signer(key=settings.CONSULTS_TOKEN_KEY, salt=SALT)
