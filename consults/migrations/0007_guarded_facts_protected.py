"""What every page says stands from now on in versions that nobody changes; the first is what stands today."""

from django.conf import settings
from django.db import migrations

from clinic.core.group_permissions import grant
from consults.models.protection import protect, unprotect

TABLES = ["consults_guardedfacts"]
RIGHT = {"Managers": {"consults.guardedfacts": "add"}}


def protect_them(apps, schema_editor):
    """Make the triggers. Before any row: PostgreSQL makes none while a row waits for its checks."""
    protect(schema_editor.connection, TABLES)


def leave_them(apps, schema_editor):
    """Remove the triggers."""
    unprotect(schema_editor.connection, TABLES)


def grant_it(apps, schema_editor):
    """Let managers write versions."""
    grant(apps, RIGHT)


def take_over(apps, schema_editor):
    """Make what an editor wrote into the settings, and the environment's addresses, the first version.

    A site without settings keeps following the environment until a manager writes the first.
    """
    stood = apps.get_model("core", "ClinicSettings").objects.filter(site__is_default_site=True).first()
    versions = apps.get_model("consults", "GuardedFacts").objects
    if stood is None or versions.exists():
        return
    versions.create(
        version=1,
        crisis_number=stood.crisis_number or settings.CLINIC_DEFAULTS["crisis_number"],
        emergency_number=stood.emergency_number or settings.CLINIC_DEFAULTS["emergency_number"],
        phone=stood.phone or settings.CLINIC_DEFAULTS["phone"],
        email=stood.email,
        notice_recipients="\n".join(settings.CONSULTS_NOTICE_RECIPIENTS),
        owner_recipients="\n".join(settings.CONSULTS_OWNER_RECIPIENTS),
        clinician_recipients="\n".join(settings.CONSULTS_CRISIS_RECIPIENTS),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("consults", "0006_guarded_facts"),
        ("core", "0002_roles"),
    ]

    operations = [
        migrations.RunPython(protect_them, leave_them),
        migrations.RunPython(grant_it, migrations.RunPython.noop),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
