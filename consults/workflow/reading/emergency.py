"""Breaking the glass: whoever runs the site opens requests in an emergency, for a short time and loudly."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from consults import audit
from consults.enums import AuditAction, Purpose
from consults.models import EmergencyAccess, OutboxMessage
from consults.permissions import can_read_requests
from consults.workflow.errors import NotAllowed

LASTS = timedelta(minutes=30)


@transaction.atomic
def break_glass(*, actor: User, reason: str) -> EmergencyAccess:
    """Let a superuser read requests for half an hour, note why, and tell the owner by mail.

    Raises NotAllowed, AuditProblem.
    """
    if not (actor.is_active and actor.is_superuser) or not reason.strip():
        raise NotAllowed
    access = EmergencyAccess.objects.create(user=actor, reason=reason, until=timezone.now() + LASTS)
    audit.append(AuditAction.BREAK_GLASS, actor=actor, purpose=Purpose.EMERGENCY, detail=reason)
    OutboxMessage.objects.create(
        template=OutboxMessage.Template.EMERGENCY,
        recipient=OutboxMessage.Recipient.OWNER,
        # No request's: it names the access, since there is one mail for each.
        reference=f"E{access.pk}",
    )
    return access


def may_open(user: User) -> bool:
    """Whether the user may read requests: by their group, or because they broke the glass just now."""
    return can_read_requests(user) or has_emergency_access(user)


def has_emergency_access(user: User) -> bool:
    """Whether the user broke the glass within the last half hour."""
    if not (user.is_active and user.is_superuser):
        return False
    return EmergencyAccess.objects.filter(user=user, until__gt=timezone.now()).exists()
