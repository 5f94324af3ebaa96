"""What colleagues should know of somebody at the desk. It gives no rights."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction

from consults.account_events import note_account_event
from consults.enums import AuditAction
from consults.models import DeskProfile
from consults.permissions import can_manage_people
from consults.workflow.errors import NotAllowed
from consults.workflow.transitions.change import Done

from .absences import absence_as_kept, absence_in_words, put_absence, refuse_if_other


def profile_as_kept(profile: DeskProfile) -> dict[str, str]:
    """Return what a manager's form shows of a profile, as its texts."""
    return {**absence_as_kept(profile), "locations": profile.locations}


@transaction.atomic
def keep_profile(
    user: User,
    *,
    actor: User,
    stands_in: User | None,
    away_from: date | None = None,
    away_until: date | None = None,
    locations: Iterable[str] | None = None,
    seen: dict[str, str] | None = None,
) -> Done:
    """Keep when somebody is away, who stands in, and for which locations they answer (None: as before).

    ``seen`` is what ``profile_as_kept`` said when they began. Raises NotAllowed, InvalidTransition (see
    ``put_absence``), StaleProfile (it says something else by now), AuditProblem.
    """
    if not can_manage_people(actor):
        raise NotAllowed
    profile, _ = DeskProfile.objects.select_for_update().get_or_create(user=user)
    refuse_if_other(profile_as_kept(profile), seen)
    put_absence(profile, away_from=away_from, away_until=away_until, stands_in=stands_in)
    if locations is not None:
        profile.locations = " ".join(locations)
    profile.save()
    detail = f"{user}: places; {absence_in_words(profile)}"
    note_account_event(AuditAction.ACCOUNT, actor=actor, about=user, detail=detail)
    return Done()
