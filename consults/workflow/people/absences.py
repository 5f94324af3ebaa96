"""Who is away, and who answers in their place. It moves no request and gives no rights."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from clinic.core.facts import read_facts
from consults.account_events import note_account_event
from consults.enums import AuditAction
from consults.models import ConsultRequest, DeskProfile
from consults.permissions import answering_users, can_change_requests
from consults.workflow.errors import InvalidTransition, NotAllowed, StaleProfile
from consults.workflow.transitions.change import NOTHING, Done

LONGEST_ABSENCE = timedelta(days=366)


@dataclass(frozen=True)
class Absence:
    """Somebody who is away; ``stands_in`` is who is here in their place, None where nobody is."""

    user: User
    until: date
    stands_in: User | None


@dataclass(frozen=True)
class Absences:
    """Who is away on one day, by key."""

    away: dict[int, Absence] = field(default_factory=dict)

    def of(self, consult: ConsultRequest) -> Absence | None:
        """Return the absence of whoever has a request; None where they are here, or nobody has it."""
        return self.away.get(consult.assignee_id) if consult.assignee_id else None

    def covered_by(self, user: User) -> list[int]:
        """Return the keys of those for whom somebody stands in."""
        return [pk for pk, absence in self.away.items() if absence.stands_in == user]


def today() -> date:
    """Return the day by the clinic's clock."""
    return timezone.localdate(timezone=read_facts().zone)


def absences(day: date | None = None) -> Absences:
    """Return who is away on a day, today unless named, and who is here in their place.

    Whoever stands in and is away as well is followed by who stands in for them. Where that leads to nobody,
    to somebody who answers no requests any more, or in a circle, nobody stands in.
    """
    day = day or today()
    profiles = DeskProfile.objects.away_within(day, day).select_related("user", "stands_in")
    away = {profile.user_id: profile for profile in profiles}
    if not away:
        return Absences()
    answering = {user.pk for user in answering_users()}
    return Absences(
        {
            pk: Absence(profile.user, profile.away_until, _here_for(profile, away, answering))
            for pk, profile in away.items()
            if pk in answering
        }
    )


def _here_for(profile, away, answering):
    seen = {profile.user_id}
    while (other := profile.stands_in) and other.pk not in seen:
        if other.pk not in away:
            return other if other.pk in answering else None
        seen.add(other.pk)
        profile = away[other.pk]
    return None


def why_no_stand_in(other: User, *, of: User, away_from: date | None, away_until: date | None) -> str:
    """Return why somebody can't stand in for a user in these days; empty where they can."""
    if other == of:
        return "Choose somebody else: nobody stands in for themselves."
    if not can_change_requests(other):
        return f"{other} answers no requests. Choose somebody who does."
    if not (away_from and away_until):
        return ""
    away = DeskProfile.objects.away_within(away_from, away_until).filter(user=other).first()
    if away is None:
        return ""
    return f"{other} is away then too, until {day_in_words(away.away_until)}. Choose somebody else."


def day_in_words(day: date) -> str:
    """Return a day such as December 4."""
    return date_format(day, "MONTH_DAY_FORMAT")


def absence_as_kept(profile: DeskProfile) -> dict[str, str]:
    """Return days and the key of who stands in, as the texts of a form; days that are over are none."""
    is_over = profile.away_until is not None and profile.away_until < today()
    days = ("", "") if is_over else (profile.away_from or "", profile.away_until or "")
    return {
        "away_from": str(days[0]),
        "away_until": str(days[1]),
        "stands_in": str(profile.stands_in_id or ""),
    }


def refuse_if_other(kept: dict[str, str], seen: dict[str, str] | None) -> None:
    """Raise StaleProfile where somebody saw something else than what is kept; None where nobody asks."""
    if seen is not None and any(seen.get(name, "") != text for name, text in kept.items()):
        raise StaleProfile


@transaction.atomic
def keep_absence(
    user: User,
    *,
    actor: User,
    away_from: date | None,
    away_until: date | None,
    stands_in: User | None,
    seen: dict[str, str] | None = None,
) -> Done:
    """Keep from when until when somebody is away, and who stands in; they say so themselves.

    Both days are included, and no days mean that they are here. ``seen`` is what ``absence_as_kept`` said
    when they began. Raises NotAllowed, InvalidTransition (see ``put_absence``), StaleProfile (it says
    something else by now), AuditProblem.
    """
    if actor != user or not can_change_requests(actor):
        raise NotAllowed
    profile, _ = DeskProfile.objects.select_for_update().get_or_create(user=user)
    before = (profile.away_from, profile.away_until, profile.stands_in)
    if before == (away_from, away_until, stands_in):
        return NOTHING
    refuse_if_other(absence_as_kept(profile), seen)
    put_absence(profile, away_from=away_from, away_until=away_until, stands_in=stands_in)
    profile.save(update_fields=["away_from", "away_until", "stands_in"])
    note_account_event(
        AuditAction.ACCOUNT, actor=actor, about=user, detail=f"{user}: {absence_in_words(profile)}"
    )
    return Done()


def put_absence(
    profile: DeskProfile, *, away_from: date | None, away_until: date | None, stands_in: User | None
) -> None:
    """Put an absence into a profile, which the caller stores.

    Raises InvalidTransition: one day without the other, in the wrong order, too long or over already; or
    somebody who can't stand in.
    """
    if bool(away_from) != bool(away_until):
        raise InvalidTransition
    if away_from and away_until:
        is_in_order = away_from <= away_until <= away_from + LONGEST_ABSENCE
        if not is_in_order or away_until < today():
            raise InvalidTransition
    if stands_in and why_no_stand_in(stands_in, of=profile.user, away_from=away_from, away_until=away_until):
        raise InvalidTransition
    profile.away_from, profile.away_until, profile.stands_in = away_from, away_until, stands_in


def absence_in_words(profile: DeskProfile) -> str:
    """Return what the audit says of it."""
    days = f"away {profile.away_from} to {profile.away_until}" if profile.away_from else "here"
    return f"{days}, who stands in ({profile.stands_in or 'nobody'})"
