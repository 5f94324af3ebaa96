"""Groups of a clinic's own that once gave rights over requests, and what their members lack since.

The upgrade gave everybody the roles whose rights they held in full. Whoever held less got none, and nothing
on a page tells why they come in no more.
"""

from collections import defaultdict

from django.contrib.auth.models import Group

from clinic.roles import AT_THE_DESK

from .models import DeskGrant
from .permissions import RIGHTS


def members_short_of_a_role(using: str) -> dict[str, int]:
    """Return how many members of each such group have no role that gives what the group names."""
    rights_of_roles = frozenset().union(*RIGHTS.values())
    named = (
        Group.objects.using(using)
        .exclude(name__in=AT_THE_DESK)
        .filter(
            permissions__content_type__app_label="consults",
            permissions__codename__in=rights_of_roles,
            user__is_active=True,
        )
        .values_list("name", "user", "permissions__codename")
    )
    named_to = defaultdict(set)
    for name, user, right in named:
        named_to[name, user].add(right)
    held = defaultdict(set)
    for user, role in DeskGrant.objects.using(using).in_force().values_list("user", "role"):
        held[user] |= RIGHTS[role]
    short = sorted(name for (name, user), rights in named_to.items() if rights - held[user])
    return {name: short.count(name) for name in short}
