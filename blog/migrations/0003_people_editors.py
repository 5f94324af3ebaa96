"""Editors remove topics too, as moderators did."""

from django.db import migrations

from clinic.core.group_permissions import grant
from clinic.roles import ROLES


def grant_editors(apps, schema_editor):
    """Grant the rights."""
    grant(apps, ROLES["blog"])


class Migration(migrations.Migration):
    dependencies = [("blog", "0002_roles"), ("core", "0002_roles")]

    # Before moderators are no more, so that they keep nothing that editors have.
    run_before = [("core", "0003_people_editors_publish")]

    operations = [migrations.RunPython(grant_editors, migrations.RunPython.noop)]
