"""The people who sign in to the demo."""

import os
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from blog.models import BlogPage
from clinic.review.models import ReviewingAccount
from clinic.team.models import PersonPage
from consults.enums import DeskRole
from consults.models import DeskGrant
from consults.workflow.people.grants import follow

PASSWORD_BYTES = 15  # twenty characters
# Whoever is younger than a day decides nothing that takes two: the demo's people have been here for a while.
HERE_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Role:
    """A user of the demo; ``may`` says what for, to whoever reads the logins."""

    name: str
    may: str
    groups: tuple[str, ...] = ()
    at_the_desk: DeskRole | None = None
    # What the prepared words of the front desk sign with.
    first_name: str = ""
    # The slug of the person of the team that they are.
    person: str = ""
    # The slug of the person under whose name they write posts.
    writes_as: str = ""
    is_superuser: bool = False


ROLES = [
    Role("editor", "writes pages and posts", ("Editors",), writes_as="nurse-anesthetist"),
    Role("reviewer", "reviews medical pages", ("Medical reviewers",), person="medical-director"),
    Role("frontdesk", "answers consultation requests", (), DeskRole.FRONT_DESK, "Robin"),
    Role("manager", "manages the front desk and the words of consent", (), DeskRole.MANAGER, "Alex"),
    Role("deputy", "is the second manager: agrees to what takes two", (), DeskRole.MANAGER, "Sam"),
    Role("auditor", "reads who did what with requests", (), DeskRole.AUDITOR),
    # Whoever runs the site doesn't read what patients write.
    Role("admin", "sets up the site and its users", is_superuser=True),
]


def build_users():
    """Create the users that are missing; return a line with the login of each new one."""
    known = get_user_model().objects.filter(username__in=[r.name for r in ROLES])
    names = set(known.values_list("username", flat=True))
    lines = [create(role) for role in ROLES if role.name not in names]
    if lines:
        keep(lines)
    return lines


def create(role):
    """Create a user with a password of their own and return the line that tells it."""
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    user = get_user_model().objects.create_user(
        role.name,
        f"{role.name}@example.org",
        password,
        first_name=role.first_name,
        is_staff=role.is_superuser,
        is_superuser=role.is_superuser,
        date_joined=timezone.now() - HERE_FOR,
    )
    user.groups.set(Group.objects.filter(name__in=role.groups))
    if person := PersonPage.objects.filter(slug=role.person).first():
        ReviewingAccount.objects.update_or_create(person=person, defaults={"account": user})
    if role.writes_as:
        BlogPage.objects.filter(owner=None, author__slug=role.writes_as).update(owner=user)
    if role.at_the_desk:
        DeskGrant.objects.create(user=user, role=role.at_the_desk, since=user.date_joined)
        follow(user)
    return f"  {role.name:<11} {password}   {role.may}"


def keep(lines):
    """Add the logins to the file that only its owner reads."""
    path = settings.VAR_DIR / "demo-logins.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    names = {line.split()[0] for line in lines}
    old = path.read_text().splitlines() if path.exists() else []
    kept = [line for line in old if line.split()[:1] and line.split()[0] not in names]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        # An older file may have been open to others.
        os.fchmod(descriptor, 0o600)
        file.write("\n".join([*kept, *lines]) + "\n")
