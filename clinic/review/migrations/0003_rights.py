"""Managers write down why one clinician is enough; editors and managers see which live pages don't hold."""

from django.db import migrations

from clinic.core.group_permissions import grant
from clinic.roles import ROLES


def grant_rights(apps, schema_editor):
    """Grant the rights."""
    grant(apps, ROLES["review"])


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0002_watched_pages"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(grant_rights, migrations.RunPython.noop)]
