"""Reviewers publish medical answers and statements on approval."""

from django.db import migrations

from clinic.core.group_permissions import grant

RIGHTS = {"Medical reviewers": dict.fromkeys(("core.faq", "core.regulatorystatement"), "change publish")}


def let_reviewers_publish(apps, schema_editor):
    """Let them."""
    grant(apps, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("review", "0005_medical_review"), ("core", "0007_drafts_of_shared_content")]

    operations = [migrations.RunPython(let_reviewers_publish, migrations.RunPython.noop)]
