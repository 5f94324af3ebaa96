"""Editors and moderators keep the topics."""

from django.db import migrations

from clinic.core.group_permissions import grant
from clinic.roles import ROLES


def make_roles(apps, schema_editor):
    """Grant the rights."""
    grant(apps, ROLES["blog"])


class Migration(migrations.Migration):
    dependencies = [("blog", "0001_initial"), ("core", "0002_roles")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
