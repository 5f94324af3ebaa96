"""Editors keep the redirects."""

from django.db import migrations

from clinic.core.group_permissions import grant

WORDS = {"Editors": {"wagtailredirects.redirect": "add change delete"}}


def give(apps, schema_editor):
    """Grant this word alone."""
    grant(apps, WORDS)


class Migration(migrations.Migration):
    dependencies = [
        ("removal", "0002_rights"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
