"""What colleagues should know of somebody at the desk. It gives no rights."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction

from consults.account_events import note_account_event
from consults.enums import AuditAction
from consults.models import DeskProfile
from consults.permissions import can_manage_people
from consults.workflow.errors import NotAllowed
from consults.workflow.transitions.change import Done


@transaction.atomic
def keep_profile(
    user: User, *, actor: User, stands_in: User | None, locations: Iterable[str] | None = None
) -> Done:
    """Keep who stands in, and for which locations somebody answers; None leaves these as they are.

    Raises NotAllowed, AuditProblem.
    """
    if not can_manage_people(actor):
        raise NotAllowed
    profile, _ = DeskProfile.objects.get_or_create(user=user)
    profile.stands_in = stands_in
    if locations is not None:
        profile.locations = " ".join(locations)
    profile.save()
    detail = f"{user}: places, and who stands in ({stands_in or 'nobody'})"
    note_account_event(AuditAction.ACCOUNT, actor=actor, about=user, detail=detail)
    return Done()
