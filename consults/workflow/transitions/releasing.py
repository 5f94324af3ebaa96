"""Giving back what somebody held who can't answer requests any more, so that no person waits for them."""

import logging

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from consults.enums import Status, TimelineAction
from consults.models import ConsultRequest
from consults.permissions import answering_users
from consults.workflow.recording import note

logger = logging.getLogger(__name__)


def release_from_leavers() -> int:
    """Give back the open requests of everybody who left the front desk; return how many.

    Whichever way they left: an account that was switched off, or a role that was taken away. The requests
    keep their time, and whoever is there finds them among the others. Raises AuditProblem, django.db.Error.
    """
    held = ConsultRequest.objects.open().exclude(assignee=None).exclude(assignee__in=answering_users())
    return sum(release(consult) for consult in held.oldest_first())


@transaction.atomic
def release(consult: ConsultRequest, *, actor: User | None = None) -> int:
    """Give one request back to everybody; the actor is who sent its holder away, none where the site saw it.

    Returns 0 where somebody changed it at this very moment. Raises AuditProblem.
    """
    status = Status.NEW if consult.status == Status.WORKING else consult.status
    same = ConsultRequest.objects.filter(pk=consult.pk, version=consult.version)
    # Somebody took it at this very moment.
    if not same.update(assignee=None, status=status, version=F("version") + 1, updated_at=timezone.now()):
        return 0
    note(consult, TimelineAction.RELEASED, actor=actor, from_status=consult.status, to_status=status)
    return 1
