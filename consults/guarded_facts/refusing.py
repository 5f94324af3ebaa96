"""Trying to write these facts through another door changes nothing, and is told."""

from django.contrib.auth.models import User
from django.db import transaction

from consults.enums import AuditAction
from consults.models.guarded_facts import GUARDED, label_of

from .current import current
from .telling import note_and_tell


@transaction.atomic
def note_attempt(sent, *, actor: User) -> list[str]:
    """Note and tell the owner if a form sent other values than those that count; return their fields.

    A form that was open since before an upgrade sends what stands, and means nothing by it.
    Raises AuditProblem, django.db.Error.
    """
    counts = current()
    tried = [name for name in GUARDED if name in sent and sent[name].strip() != getattr(counts, name)]
    if tried:
        detail = f"tried in the clinic’s settings: {', '.join(map(label_of, tried))}"
        note_and_tell(AuditAction.DENIED, actor=actor, detail=detail)
    return tried
