"""Writing what people agree to goes through the same door."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from consults.consent_wordings import PURPOSES, add_wording
from consults.enums import AuditAction
from consults.models import ConsentWording
from consults.permissions import can_write_wordings

from .changing import ChangedMeanwhile
from .telling import note_and_tell


@transaction.atomic
def write_wording(*, locale: str, texts: dict, author: User, base: int) -> ConsentWording:
    """Add a version of the consent texts after ``base``, note it and tell the owner.

    Raises ChangedMeanwhile, PermissionDenied, AuditProblem, django.db.Error.
    """
    if not can_write_wordings(author):
        raise PermissionDenied
    before = newest_wording(locale)
    if newest_number(locale) != base:
        raise ChangedMeanwhile
    changed = [
        purpose for purpose in PURPOSES if before is None or texts[purpose] != getattr(before, purpose)
    ]
    detail = f"consent wording {locale}-{base + 1}: {', '.join(changed) or 'the same words'}"
    note_and_tell(AuditAction.FACTS, actor=author, detail=detail)
    try:
        with transaction.atomic():
            return add_wording(locale=locale, texts=texts, author=author)
    except IntegrityError:
        raise ChangedMeanwhile from None


def newest_wording(locale: str) -> ConsentWording | None:
    """Return the newest version of a language; None where the built-in words stand."""
    return ConsentWording.objects.filter(locale=locale).order_by("-version").first()


def newest_number(locale: str) -> int:
    """Return the number of the newest version of a language; 0 are the built-in words."""
    newest = newest_wording(locale)
    return newest.version if newest else 0
