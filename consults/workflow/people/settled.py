"""Whose account counts as one of two people: older than a day, and so its second factor.

Whoever took over one account can't make the second one and go on. Where the site asks for no second factor,
as in the demo, the account's own age is enough.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from clinic.accounts import factors
from consults.enums import DeskRole
from consults.models import DeskGrant

A_DAY = timedelta(hours=24)


def settled_accounts() -> QuerySet[User]:
    """Return the accounts that count."""
    accounts = User.objects.filter(date_joined__lte=timezone.now() - A_DAY)
    if not settings.SECOND_FACTOR_REQUIRED:
        return accounts
    return accounts.filter(pk__in=factors.owners(older_than=A_DAY))


def settled_managers() -> QuerySet[DeskGrant]:
    """Return the roles of the managers who count, which are older than a day as well."""
    managers = DeskGrant.objects.in_force().filter(role=DeskRole.MANAGER, since__lte=timezone.now() - A_DAY)
    return managers.filter(user__in=settled_accounts().values("pk"))


def is_settled(user: User) -> bool:
    """Whether a manager counts."""
    return settled_managers().filter(user=user).exists()


def lacks_second_manager() -> bool:
    """Whether a day of waiting stands in for a second manager."""
    return settled_managers().count() < 2
