"""Everybody at the desk with what managers want to know of them, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Prefetch
from django.utils.formats import date_format

from clinic.accounts import factors
from clinic.core.facts import read_facts
from consults import workflow
from consults.enums import DeskRole
from consults.models import DeskGrant, DeskProfile


@dataclass(frozen=True)
class Person:
    """One line of the list."""

    user: User
    roles: list[str]
    locations: str
    stands_in: str
    away: str
    factor_since: datetime | None

    @property
    def state(self) -> str:
        """Whether the account is in use."""
        if not self.user.is_active:
            return "Switched off"
        return "At the desk" if self.roles else "No role any more"


def people_at_the_desk() -> list[Person]:
    """Return whoever has or had a role, those who have one first."""
    had = DeskGrant.objects.filter(user=OuterRef("pk"))
    held = Prefetch("desk_grants", DeskGrant.objects.filter(until=None), to_attr="held")
    users = list(
        User.objects.filter(Exists(had)).prefetch_related(held).select_related("desk_profile__stands_in")
        .order_by("username")
    )  # fmt: skip
    since = factors.since_when(users)
    people = [_person(user, user.held, since.get(user.pk)) for user in users]
    return sorted(people, key=lambda person: person.state)


def person(user: User) -> Person:
    """Return one of them."""
    held = list(user.desk_grants.filter(until=None))
    return _person(user, held, factors.since_when([user]).get(user.pk))


def profile_of(user) -> DeskProfile:
    """Return what is known of somebody; an empty one where nothing is."""
    try:
        return user.desk_profile
    except DeskProfile.DoesNotExist:
        return DeskProfile(user=user)


def _person(user, held, factor_since):
    profile, facts = profile_of(user), read_facts()
    names = [facts.name_of(key) for key in profile.locations.split()]
    return Person(
        user=user,
        roles=[DeskRole(grant.role).label for grant in held] if user.is_active else [],
        locations=", ".join(filter(None, names)),
        stands_in=profile.stands_in.get_username() if profile.stands_in else "",
        away=away_in_words(profile),
        factor_since=factor_since,
    )


def away_in_words(profile):
    """Return the days of an absence that isn't over."""
    if profile.away_until is None or profile.away_until < workflow.today():
        return ""
    days = (date_format(day, "SHORT_DATE_FORMAT") for day in (profile.away_from, profile.away_until))
    return " to ".join(days)
