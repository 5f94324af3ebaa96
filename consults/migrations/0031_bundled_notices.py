"""Mails that hold several notices, the mail about suspected spam, and a name that tells less."""

from django.db import migrations, models


def rename(apps, schema_editor):
    """Take the telling name off what was sent. What waits is sent by whichever release runs."""
    messages = apps.get_model("consults", "OutboxMessage").objects
    messages.filter(template="crisis").exclude(sent_at=None, dead_at=None).update(template="clinician")


class Migration(migrations.Migration):

    dependencies = [
        ("consults", "0030_outbox_addresses"),
    ]

    operations = [
        migrations.AddField(
            model_name='outboxmessage',
            name='bundle',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='outboxmessage',
            name='template',
            field=models.CharField(choices=[('staff_notice', 'A request waits'), ('patient_copy', 'Copy for the person who asked'), ('escalation', 'A request waits too long'), ('emergency', 'Somebody opened the emergency access'), ('crisis', 'A request to read now (before)'), ('clinician', 'A request for the clinician'), ('reply', 'Answer of the front desk'), ('digest', 'The week in numbers'), ('suspected', 'Something looks like spam')], max_length=20),
        ),
        migrations.AddIndex(
            model_name='outboxmessage',
            index=models.Index(fields=['template', 'recipient', 'address_hash', 'sent_at'], name='outbox_pace'),
        ),
        migrations.RunPython(rename, migrations.RunPython.noop),
    ]
