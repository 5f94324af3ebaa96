"""The group whose members may open requests."""

from django.db import migrations

from clinic.core.group_permissions import grant

PERMISSIONS = ["consults.view_consultrequest", "consults.change_consultrequest", "wagtailadmin.access_admin"]


def make_group(apps, schema_editor):
    """Make the group with its permissions."""
    grant(apps, "Front desk", PERMISSIONS)


class Migration(migrations.Migration):
    dependencies = [
        ("consults", "0001_initial"),
        ("core", "0002_editors"),
        ("wagtailadmin", "0002_admin"),
    ]

    operations = [migrations.RunPython(make_group, migrations.RunPython.noop)]
