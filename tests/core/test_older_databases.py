"""A database from before the first release is refused in one line, before anything in it is changed."""

from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from clinic.core.management.commands import serve

pytestmark = pytest.mark.django_db
APPLIED_BEFORE = [("core", "0002_editors"), ("blog", "0003_editors"), ("consults", "0002_front_desk")]

OURS = {"core", "search", "blog", "consults"}
# Apps that came later: such a database knows none of them.
LATER = {"review", "removal", "due", "editing"}


@pytest.fixture
def older_database():
    """What the migrations of before left: the first of each app counts as applied, the others are unknown."""
    recorder = MigrationRecorder(connection)
    for app, name in applied():
        if app in LATER or (app in OURS and name != "0001_initial"):
            recorder.record_unapplied(app, name)
    for app, name in APPLIED_BEFORE:
        recorder.record_applied(app, name)


def applied():
    return set(MigrationRecorder(connection).applied_migrations())


def test_a_migration_is_refused_in_one_line_that_says_what_to_do(older_database):
    before = applied()
    with pytest.raises(CommandError) as refusal:
        call_command("migrate", verbosity=0)
    assert "make demo-reset" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert applied() == before


def test_the_demo_is_not_served_from_it(older_database, settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(serve, "Programs", mock.Mock(side_effect=AssertionError("started")))
    monkeypatch.setattr(serve.connections, "close_all", lambda: None)
    with pytest.raises(CommandError, match="make demo-reset"):
        call_command("serve")


def test_the_site_starts_where_the_database_is_away(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    started = mock.Mock(side_effect=SystemExit)
    monkeypatch.setattr(serve, "Programs", started)
    monkeypatch.setattr(serve, "refuse_older_database", mock.Mock(side_effect=OperationalError))
    monkeypatch.setattr(serve.connections, "close_all", lambda: None)
    with pytest.raises(SystemExit):
        call_command("serve")
    started.assert_called_once()


def test_a_database_of_this_release_is_migrated_again():
    call_command("migrate", verbosity=0)
