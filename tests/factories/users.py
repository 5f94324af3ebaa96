"""Staff, by what they may do."""

from datetime import timedelta

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from consults.enums import DeskRole
from consults.models import DeskGrant

# Whoever is younger than a day does nothing that takes two people.
LONG_AGO = timedelta(days=30)


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody who can sign in; ``group`` names their role at the desk, or the group they belong to."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    class Params:
        superuser = factory.Trait(is_staff=True, is_superuser=True)

    username = factory.Sequence(lambda n: f"person{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    date_joined = factory.LazyFunction(lambda: timezone.now() - LONG_AGO)

    @factory.post_generation
    def group(self, create, name):
        if name in DeskRole.labels:
            put_at_the_desk(self, name)
        elif name:
            self.groups.add(Group.objects.get(name=name))


def put_at_the_desk(user, name):
    """Give somebody a role at the desk, as if they had had it for long."""
    role = DeskRole.values[DeskRole.labels.index(name)]
    DeskGrant.objects.create(user=user, role=role, since=timezone.now() - LONG_AGO)
    user.groups.add(Group.objects.get(name=name))


def with_only(name, *codenames):
    """Return somebody of a role from which the clinic took all rights but these."""
    rights = Permission.objects.filter(codename__in=[*codenames, "access_admin"])
    Group.objects.get(name=name).permissions.set(rights)
    return UserFactory(group=name)


def take_from_the_desk(user):
    """Take every role at the desk from somebody."""
    DeskGrant.objects.filter(user=user, until=None).update(until=timezone.now())
    user.groups.remove(*user.groups.filter(name__in=DeskRole.labels))
