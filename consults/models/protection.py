"""What the database itself refuses: some rows can be added, and never be changed or deleted.

Triggers see to it. SQLite drops a table's triggers when a migration makes the table anew, as it does for most
changes of a column: such a migration calls ``protect`` again. A missing one is found by the check of
``consults.checks`` and by the worker.
"""

import hashlib
from dataclasses import dataclass

from django.db.migrations.recorder import MigrationRecorder

ACTIONS = ("update", "delete")


@dataclass(frozen=True)
class Protection:
    """How the triggers of a table are called, what they say, and the migration that brought them."""

    name: str
    why: str
    since: str

    @property
    def triggers(self):
        """The triggers' names with what each refuses."""
        return {f"{self.name}_no_{action}": action.upper() for action in ACTIONS}

    @property
    def function(self):
        """The function that PostgreSQL needs for a trigger."""
        return f"{self.name}_stays"


PROTECTED = {
    "consults_consentreceipt": Protection(
        "consent_receipt", "Receipts of consent are never changed or deleted.", since="0002_protection"
    ),
    "consults_auditevent": Protection(
        "audit_event", "Events of the audit are never changed or deleted.", since="0002_protection"
    ),
    "consults_guardedfacts": Protection(
        "guarded_facts",
        "Versions of what every page says are never changed or deleted.",
        since="0007_guarded_facts_protected",
    ),
}


def protect(connection, tables) -> None:
    """Make the triggers of these tables, in place of those that are there."""
    unprotect(connection, tables)
    statements = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    with connection.cursor() as cursor:
        for table in tables:
            for statement in statements(table, PROTECTED[table]):
                cursor.execute(statement)


def unprotect(connection, tables) -> None:
    """Remove the triggers of these tables."""
    with connection.cursor() as cursor:
        for table in tables:
            where = f" ON {table}" if connection.vendor == "postgresql" else ""
            for trigger in PROTECTED[table].triggers:
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}{where}")


def protected_tables(connection) -> list[str]:
    """Return the tables that the migrations applied so far protect. Raises django.db.Error."""
    applied = MigrationRecorder(connection).applied_migrations()
    return [table for table, protection in PROTECTED.items() if ("consults", protection.since) in applied]


def missing_triggers(connection) -> list[str]:
    """Return the triggers that should be there and are not, or are switched off. Raises django.db.Error."""
    query = FOUND_ON_POSTGRESQL if connection.vendor == "postgresql" else FOUND_ON_SQLITE
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = set(cursor.fetchall())
    return [
        trigger
        for table in protected_tables(connection)
        for trigger in PROTECTED[table].triggers
        if (table, trigger) not in found
    ]


def state_of_triggers(connection) -> str:
    """Return a short hash that is another one as soon as somebody took a trigger off, on again or anew.

    PostgreSQL numbers each change of a trigger or its function; SQLite counts the changes of all its tables,
    so there it is another one after a migration too. Raises django.db.Error.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(STATE_ON_POSTGRESQL, [list(PROTECTED)])
        else:
            cursor.execute("PRAGMA schema_version")
        found = sorted(map(str, cursor.fetchall()))
    return hashlib.sha256("\n".join(found).encode()).hexdigest()[:16]


FOUND_ON_SQLITE = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
# Origin and always: the two states in which a trigger stands in the way of an ordinary statement.
FOUND_ON_POSTGRESQL = (
    "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE tgenabled IN ('O', 'A') AND pg_table_is_visible(tgrelid)"
)
STATE_ON_POSTGRESQL = (
    "SELECT relname, tgname, tgenabled, pg_trigger.oid, pg_trigger.xmin, pg_proc.oid, pg_proc.xmin "
    "FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid "
    "WHERE relname = ANY(%s) AND NOT tgisinternal AND pg_table_is_visible(tgrelid)"
)


def _on_sqlite(table, protection):
    for trigger, action in protection.triggers.items():
        yield (
            f"CREATE TRIGGER {trigger} BEFORE {action} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{protection.why}'); END"
        )


def _on_postgresql(table, protection):
    yield (
        f"CREATE OR REPLACE FUNCTION {protection.function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{protection.why}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    for trigger, action in protection.triggers.items():
        yield (
            f"CREATE TRIGGER {trigger} BEFORE {action} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {protection.function}()"
        )
