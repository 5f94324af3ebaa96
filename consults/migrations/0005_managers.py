"""The group whose members write the words of consent."""

from django.db import migrations

from clinic.core.group_permissions import grant

PERMISSIONS = ["consults.view_consentwording", "consults.add_consentwording", "wagtailadmin.access_admin"]


def make_group(apps, schema_editor):
    """Make the group with its permissions."""
    grant(apps, "Managers", PERMISSIONS)


class Migration(migrations.Migration):
    dependencies = [
        ("consults", "0004_receipts_stay"),
        ("core", "0002_editors"),
        ("wagtailadmin", "0002_admin"),
    ]

    operations = [migrations.RunPython(make_group, migrations.RunPython.noop)]
