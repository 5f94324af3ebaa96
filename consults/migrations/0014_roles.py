"""Who may do what with requests; made here, so that every clinic begins with the same groups."""

from django.db import migrations

from clinic.core.group_permissions import grant

REQUESTS = "consultrequest"
GROUPS = {
    "Managers": [
        f"consults.view_{REQUESTS}",
        f"consults.change_{REQUESTS}",
        f"consults.export_{REQUESTS}",
        f"consults.report_{REQUESTS}",
    ],
    "Auditors": ["consults.view_auditevent", "wagtailadmin.access_admin"],
    "Medical reviewers": ["wagtailadmin.access_admin"],
}


def make_groups(apps, schema_editor):
    """Make the groups with their permissions."""
    for name, permissions in GROUPS.items():
        grant(apps, name, permissions)


class Migration(migrations.Migration):
    dependencies = [("consults", "0013_open_has_next_action"), ("core", "0002_editors")]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
