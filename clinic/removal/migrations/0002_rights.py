"""Editors see what was removed."""

from django.db import migrations

from clinic.core.group_permissions import grant
from clinic.roles import ROLES


def give(apps, schema_editor):
    """Grant the rights."""
    grant(apps, ROLES["removal"])


class Migration(migrations.Migration):
    dependencies = [
        ("removal", "0001_initial"),
        # Where the editors are made.
        ("core", "0003_people_editors_publish"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
