"""All that is due, with the people who answer for it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from clinic.core.due import MOST, Due, Kind, kinds
from clinic.core.facts import read_facts

# What falls due within so many days is told of.
DAYS_AHEAD = 30


@dataclass(frozen=True)
class Found:
    """What is due of one kind."""

    kind: Kind
    items: list[Due]

    @property
    def has_more(self):
        """Whether there may be others, which show once these are mended."""
        return len(self.items) >= MOST

    def over(self, today):
        """Return those whose day has come, and those that have none."""
        return [item for item in self.items if item.day is None or item.day <= today]

    def coming(self, today):
        """Return those whose day is still to come, the next first."""
        return [item for item in self.items if item.day and item.day > today]


def today() -> date:
    """Return the day by the clinic's clock."""
    return timezone.localdate(timezone=read_facts().zone)


def find_due(day=None) -> list[Found]:
    """Return what is due on a day (none: today) or soon after it, by its kinds.

    The number of queries is that of the kinds.
    """
    until = (day or today()) + timedelta(days=DAYS_AHEAD)
    found = [Found(kind, list(kind.find(until))) for kind in kinds()]
    return [one for one in found if one.items]


def only_of(found, account) -> list[Found]:
    """Keep what one account answers for."""
    mine = [Found(one.kind, [item for item in one.items if item.account == account]) for one in found]
    return [one for one in mine if one.items]


def people_in(found) -> dict:
    """Return the accounts that answer for something by their keys, in one query."""
    keys = {item.account for one in found for item in one.items} - {None}
    return get_user_model().objects.in_bulk(keys)
