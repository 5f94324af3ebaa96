"""A group of the clinic's own gives no right over requests: a check counts who lacks one for it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.checks import Tags, run_checks
from django.db import connection

from consults.models import DeskGrant
from tests.factories.users import UserFactory, put_at_the_desk

pytestmark = pytest.mark.django_db


def said():
    problems = run_checks(tags=[Tags.database], databases=["default"])
    return [problem.msg for problem in problems if problem.id == "consults.W002"]


@pytest.fixture
def callers():
    """A group with two members, who may read and change requests and read the reports."""
    rights = ["view_consultrequest", "change_consultrequest", "report_consultrequest"]
    group = Group.objects.create(name="Callers")
    group.permissions.set(Permission.objects.filter(codename__in=rights))
    for _ in range(2):
        UserFactory().groups.add(group)
    return group


def test_the_groups_that_there_are_say_nothing():
    for name in ("Front desk", "Managers", "Auditors", "Editors"):
        UserFactory(group=name)
    assert said() == []


def test_it_names_the_group_and_how_many_lack_what_it_names(callers):
    [line] = said()
    assert line.startswith("The group Callers names rights over requests")
    assert "2 of its members" in line


def test_nobody_is_named(callers):
    [line] = said()
    assert not [user for user in callers.user_set.all() if user.username in line or user.email in line]


def test_a_role_with_less_is_no_end_of_it_and_one_with_all_is(callers):
    first, second = callers.user_set.all()
    put_at_the_desk(first, "Front desk")
    put_at_the_desk(second, "Managers")
    [line] = said()
    assert "1 of its members" in line
    put_at_the_desk(first, "Managers")
    assert said() == []


def test_who_is_switched_off_or_taken_out_lacks_nothing(callers):
    first, second = callers.user_set.all()
    type(first).objects.filter(pk=first.pk).update(is_active=False)
    second.groups.remove(callers)
    assert said() == []


def test_a_role_that_ended_gives_nothing(callers):
    for user in callers.user_set.all():
        put_at_the_desk(user, "Managers")
    assert said() == []
    DeskGrant.objects.update(until="2026-11-28T00:00Z")
    assert said()


def test_a_database_that_knows_no_desk_yet_is_left_alone(callers):
    """An upgrade asks before its migrations have run."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE consults_deskgrant RENAME TO away")
        found = said()
        cursor.execute("ALTER TABLE away RENAME TO consults_deskgrant")
    assert found == []


def test_the_process_that_takes_requests_in_asks_nobody(callers, settings):
    settings.CONSULTS_ROLE = "intake"
    assert said() == []
