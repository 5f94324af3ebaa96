"""Every open request has a time at which somebody has to do something; those of before are due at once."""

from django.db import migrations
from django.db.models import F

OPEN = ["new", "working", "reached", "booked"]


def make_due(apps, schema_editor):
    """Let the open requests be due since they arrived."""
    requests = apps.get_model("consults", "ConsultRequest").objects
    requests.filter(status__in=OPEN, next_action_at=None).update(next_action_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("consults", "0011_desk")]

    operations = [migrations.RunPython(make_due, migrations.RunPython.noop)]
