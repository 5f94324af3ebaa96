"""Editors and moderators keep the shared content and the clinic's facts."""

from django.db import migrations

from clinic.core.group_permissions import grant

CONTENT = [
    f"core.{verb}_{model}"
    for model in ("faq", "reference", "regulatorystatement")
    for verb in ("add", "change")
]
DELETE = [f"core.delete_{model}" for model in ("faq", "reference", "regulatorystatement")]


def allow(apps, schema_editor):
    """Grant the permissions."""
    grant(apps, "Editors", CONTENT)
    grant(apps, "Moderators", [*CONTENT, *DELETE, "core.change_clinicsettings"])


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
