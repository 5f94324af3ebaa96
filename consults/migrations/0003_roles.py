"""Who may do what with requests; made here, so that every clinic begins with the same groups."""

from django.db import migrations

from clinic.core.group_permissions import grant
from clinic.roles import ROLES


def make_roles(apps, schema_editor):
    """Make the groups and grant the rights."""
    grant(apps, ROLES["consults"])


class Migration(migrations.Migration):
    dependencies = [
        ("consults", "0002_protection"),
        # After the editors' groups, and where the right to enter the admin is known.
        ("core", "0002_roles"),
        ("wagtailadmin", "0002_admin"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
