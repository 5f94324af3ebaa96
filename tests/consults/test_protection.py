"""The database refuses changes of consents and the audit, and a trigger that is missing is noticed."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from consults.management.rounds import Rounds
from consults.management.steps import STEPS
from consults.models import AuditEvent, ConsentReceipt
from consults.models.protection import PROTECTED, missing_triggers, protect, protected_tables
from consults.triage.oversight.banners import troubles_panel
from tests.consults.passing_time import let_pass
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
TRIGGERS = [(table, trigger) for table, p in PROTECTED.items() for trigger in p.triggers]
IS_POSTGRESQL = connection.vendor == "postgresql"


def drop(table, trigger):
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger} ON {table}" if IS_POSTGRESQL else f"DROP TRIGGER {trigger}")


def found():
    problems = run_checks(tags=[Tags.database], databases=["default"])
    return [problem.msg for problem in problems if problem.id == "consults.E001"]


def refuses(run):
    try:
        with transaction.atomic():
            run()
    except DatabaseError as refusal:
        return "never changed or deleted" in str(refusal)
    return False


@pytest.mark.parametrize("model", [ConsentReceipt, AuditEvent])
def test_the_database_refuses_changes(model):
    make_consult(claimed_by=UserFactory(group="Front desk"))
    rows = model.objects.all()
    assert rows.exists()
    assert refuses(lambda: rows.update(**{model._meta.pk.name: 7}))
    assert refuses(rows.delete)


def test_all_migrations_leave_every_trigger():
    assert protected_tables(connection) == list(PROTECTED)
    assert found() == missing_triggers(connection) == []


@pytest.mark.parametrize(("table", "trigger"), TRIGGERS)
def test_each_missing_trigger_is_named(table, trigger):
    drop(table, trigger)
    [problem] = found()
    assert f"{trigger} is missing" in problem


@pytest.mark.skipif(not IS_POSTGRESQL, reason="SQLite can't switch one off.")
@pytest.mark.parametrize("state", ["DISABLE TRIGGER", "ENABLE REPLICA TRIGGER"])
def test_a_trigger_that_is_switched_off_is_missing(state):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE consults_auditevent {state} audit_event_no_delete")
    [problem] = found()
    assert "audit_event_no_delete" in problem


@pytest.mark.parametrize(
    ("command", "options"), [("check", {"databases": ["default"]}), ("migrate", {"skip_checks": False})]
)
def test_commands_end_with_what_is_missing(command, options):
    drop(*TRIGGERS[0])
    with pytest.raises(CommandError, match=r"consults\.E001.*\n.*manage\.py consults_protect"):
        call_command(command, **options)


def test_a_database_that_is_only_half_migrated_is_left_alone():
    drop(*TRIGGERS[0])
    MigrationRecorder(connection).record_unapplied("consults", "0002_protection")
    assert found() == []


def test_the_command_makes_them_anew():
    for table, trigger in TRIGGERS[1:3]:
        drop(table, trigger)
    said = StringIO()
    call_command("consults_protect", stdout=said)
    assert said.getvalue().startswith("Missing were: consent_receipt_no_delete, audit_event_no_update.\n")
    assert found() == []
    said = StringIO()
    call_command("consults_protect", stdout=said)
    assert said.getvalue().startswith("None was missing.\n")


def test_a_migration_may_protect_again_what_is_protected():
    protect(connection, list(PROTECTED))
    assert found() == []


@pytest.mark.usefixtures("connection_stays")
def test_the_worker_notices_and_the_banner_says_so(caplog, settings, tmp_path):
    settings.CONSULTS_SPOOL_DIR = tmp_path
    rounds = Rounds([step for step in STEPS if step.name == "protection"])
    desk = UserFactory(group="Front desk")
    rounds.go()
    assert troubles_panel(desk) is None
    drop(*TRIGGERS[0])
    let_pass(timedelta(minutes=25))
    rounds.go()
    assert caplog.messages == [
        "worker: missing in the database, see consults_protect: consent_receipt_no_update",
        "worker: step protection failed: Unprotected",
    ]
    [line] = troubles_panel(desk).get_context_data({})["lines"]
    assert line.startswith("Protecting consents and the audit from changes has failed for 25 minutes.")
