"""What a mark leaves is the same, whoever made it; and counts of removed requests instead of rows."""

import uuid

from django.db import migrations, models


def give_to_readers(apps, schema_editor):
    """Let what the list marked look like what its first reader marked; unread, it is noted when read."""
    events = apps.get_model("consults", "TimelineEvent").objects
    for mark in events.filter(action="priority", actor=None):
        read = events.filter(request_id=mark.request_id, action="view", actor__isnull=False).order_by("pk").first()
        if read is None:
            mark.delete()
        else:
            events.filter(pk=mark.pk).update(actor=read.actor_id, at=read.at)


class Migration(migrations.Migration):

    dependencies = [
        ("consults", "0031_bundled_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name='UncountedRemoval',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='FunnelCount',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('week', models.DateField(help_text='The Monday of the week in which they arrived.')),
                ('treatment', models.CharField(max_length=120)),
                ('is_booked', models.BooleanField()),
                ('number', models.PositiveIntegerField()),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('week', 'treatment', 'is_booked'), name='funnel_count_once')],
            },
        ),
        migrations.AlterField(
            model_name='timelineevent',
            name='action',
            field=models.CharField(choices=[('submit', 'Received'), ('view', 'Opened'), ('reveal', 'Name and contact read in the list'), ('claim', 'Claimed'), ('assign', 'Given to somebody'), ('attempt', 'Tried to reach'), ('snooze', 'Put off'), ('priority', 'Priority set, or first seen'), ('handed', 'Handed to the clinician'), ('ask_close', 'Asked a colleague to agree to closing'), ('status', 'Moved'), ('note', 'Note added'), ('link', 'Linked as the same person'), ('unlink', 'Link removed'), ('print', 'Printed'), ('export', 'Exported'), ('copy', 'Address read for the copy by e-mail'), ('hold', 'Kept beyond its time'), ('release', 'No longer kept beyond its time'), ('ask_erase', 'Asked a manager to agree to removing the contents'), ('purge', 'Contents removed'), ('mail', 'E-mail sent'), ('mail_read', 'Address and words read for the e-mail')], max_length=12),
        ),
        migrations.RunPython(give_to_readers, migrations.RunPython.noop),
    ]
