"""Events of the audit can be added and nothing else: the database itself refuses changes.

SQLite loses triggers when a later migration rebuilds the table: such a migration calls ``protect`` again.
"""

from django.db import migrations

TABLE = "consults_auditevent"
WHY = "Events of the audit are never changed or deleted."


def protect(apps, schema_editor):
    """Make the triggers."""
    statements = ON_POSTGRESQL if schema_editor.connection.vendor == "postgresql" else ON_SQLITE
    for statement in statements:
        schema_editor.execute(statement)


def unprotect(apps, schema_editor):
    """Remove the triggers."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for action in ("update", "delete"):
        table = f" ON {TABLE}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS audit_event_no_{action}{table}")


ON_SQLITE = [
    f"CREATE TRIGGER audit_event_no_{action} BEFORE {action.upper()} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
    for action in ("update", "delete")
]
ON_POSTGRESQL = [
    f"CREATE OR REPLACE FUNCTION audit_event_stays() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{WHY}' USING ERRCODE = 'restrict_violation'; END $$",
    *(
        f"CREATE TRIGGER audit_event_no_{action} BEFORE {action.upper()} ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION audit_event_stays()"
        for action in ("update", "delete")
    ),
]


class Migration(migrations.Migration):
    dependencies = [("consults", "0014_roles")]

    operations = [migrations.RunPython(protect, unprotect)]
