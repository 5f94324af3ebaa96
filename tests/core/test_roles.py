"""Migrations grant the table of roles: all of it, and to those groups nothing else of ours."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from clinic.core.group_permissions import grant
from clinic.roles import ROLES

pytestmark = pytest.mark.django_db


def in_the_table():
    for roles in ROLES.values():
        for group, rights in roles.items():
            for model, verbs in rights.items():
                app, _, name = model.partition(".")
                yield from ((group, app, f"{verb}_{name}") for verb in verbs.split())


def held():
    rows = Group.objects.values_list("name", "permissions__content_type__app_label", "permissions__codename")
    return {row for row in rows if row[1]}


def test_the_groups_hold_what_the_table_says():
    table = list(in_the_table())
    assert len(table) == len(set(table))
    ours = set(ROLES) - {"wagtailadmin"}
    assert {row for row in held() if row[1] in ours} == {row for row in table if row[1] in ours}
    assert set(table) <= held()


def test_every_right_bears_the_name_that_django_gives_it():
    for app, codename in {(app, codename) for _group, app, codename in in_the_table()}:
        permission = Permission.objects.get(content_type__app_label=app, codename=codename)
        model = permission.content_type.model_class()
        verb = codename.rpartition("_")[0]
        names = dict(model._meta.permissions)
        assert permission.name == names.get(codename, f"Can {verb} {model._meta.verbose_name}")


def test_what_the_models_of_a_migration_do_not_know_is_left_to_a_later_one():
    then = MigrationLoader(connection).project_state(("consults", "0003_roles")).apps
    grant(then, {"Newcomers": {"consults.campaign": "view", "consults.auditevent": "view shred"}})
    assert {row[2] for row in held() if row[0] == "Newcomers"} == {"view_auditevent"}
    assert not Permission.objects.filter(codename="shred_auditevent").exists()


def test_granting_twice_changes_nothing():
    before, rows = held(), Permission.objects.count()
    for roles in ROLES.values():
        grant(apps, roles)
    assert (held(), Permission.objects.count()) == (before, rows)
