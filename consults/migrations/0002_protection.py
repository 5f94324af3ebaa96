"""Consents and events of the audit can be added and nothing else: the database itself refuses changes."""

from django.db import migrations

from consults.models.protection import protect, unprotect

# Those of this migration, whatever is protected later.
TABLES = ["consults_consentreceipt", "consults_auditevent"]


def forwards(apps, schema_editor):
    """Make the triggers."""
    protect(schema_editor.connection, TABLES)


def backwards(apps, schema_editor):
    """Remove the triggers."""
    unprotect(schema_editor.connection, TABLES)


class Migration(migrations.Migration):
    dependencies = [("consults", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
