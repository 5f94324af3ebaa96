"""Editors and moderators keep the topics."""

from django.db import migrations

from clinic.core.group_permissions import grant


def allow(apps, schema_editor):
    """Grant the permissions."""
    grant(apps, "Editors", ["blog.add_blogtopic", "blog.change_blogtopic"])
    grant(apps, "Moderators", ["blog.add_blogtopic", "blog.change_blogtopic", "blog.delete_blogtopic"])


class Migration(migrations.Migration):
    dependencies = [("blog", "0002_initial"), ("core", "0002_editors")]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
