"""A PostgreSQL that writes what it refuses into its log is named, with what to say to it."""

import pytest
from django.core.checks import Tags, run_checks
from django.db import connection

from clinic.core.checks import QUIET

pytestmark = pytest.mark.django_db
IS_POSTGRESQL = connection.vendor == "postgresql"
on_postgresql = pytest.mark.skipif(not IS_POSTGRESQL, reason="Only PostgreSQL has such a log.")


def found():
    problems = run_checks(tags=[Tags.database], databases=["default"])
    return [problem for problem in problems if problem.id == "clinic.W001"]


def set_all():
    with connection.cursor() as cursor:
        for name, (_allowed, value) in QUIET.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


@on_postgresql
def test_a_server_as_it_comes_is_named_with_what_to_set():
    [problem] = found()
    assert "SET log_min_error_statement = 'panic';" in problem.hint
    assert "SET log_error_verbosity = 'terse';" in problem.hint
    assert "log_statement" not in problem.hint


@on_postgresql
def test_a_quiet_server_is_left_alone():
    set_all()
    assert found() == []


@on_postgresql
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log_min_error_statement", "error"),
        ("log_error_verbosity", "verbose"),
        ("log_statement", "mod"),
        ("log_min_duration_statement", "0"),
        ("log_parameter_max_length_on_error", "-1"),
    ],
)
def test_each_setting_that_tells_is_named(name, value):
    set_all()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
    [problem] = found()
    assert problem.hint.count("ALTER ROLE") == 1
    assert f"SET {name} = '{QUIET[name][1]}';" in problem.hint


@pytest.mark.skipif(IS_POSTGRESQL, reason="This one has such a log.")
def test_sqlite_has_no_such_log():
    assert found() == []
