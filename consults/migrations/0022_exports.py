"""Exports with names for managers, views of the list to keep, and the weekly digest."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from clinic.core.group_permissions import grant


def let_managers_export(apps, schema_editor):
    """Let managers take names and contacts away."""
    grant(apps, "Managers", ["consults.export_opened_consultrequest"])


class Migration(migrations.Migration):

    dependencies = [
        ('consults', '0019_starting_replies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('query', models.CharField(blank=True, editable=False, max_length=400)),
                ('is_shared', models.BooleanField(default=False)),
                ('owner', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('owner', 'name'), name='saved_view_once')],
            },
        ),
        migrations.AlterModelOptions(
            name='consultrequest',
            options={'default_permissions': ('view', 'change'), 'permissions': [('export_consultrequest', 'Can export consultation requests'), ('export_opened_consultrequest', 'Can export names and contacts'), ('report_consultrequest', 'Can read the reports on consultation requests')], 'verbose_name': 'consultation request'},
        ),
        migrations.AlterField(
            model_name='outboxmessage',
            name='template',
            field=models.CharField(choices=[('staff_notice', 'A request waits'), ('patient_copy', 'Copy for the person who asked'), ('escalation', 'A request waits too long'), ('emergency', 'Somebody opened the emergency access'), ('crisis', 'A request to read now'), ('digest', 'The week in numbers')], max_length=20),
        ),
        # Alone it needs no new table on SQLite, so the triggers of 0015 stay.
        migrations.AddIndex(
            model_name='auditevent',
            index=models.Index(fields=['at'], name='audit_at'),
        ),
        migrations.RunPython(let_managers_export, migrations.RunPython.noop),
    ]
