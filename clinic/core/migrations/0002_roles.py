"""Editors and moderators keep the shared content and the clinic's facts."""

from django.db import migrations

from clinic.core.group_permissions import grant
from clinic.roles import ROLES


def make_roles(apps, schema_editor):
    """Grant the rights."""
    grant(apps, ROLES["core"])


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
