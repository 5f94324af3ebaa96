"""What the front desk works with: next actions, attempts, priorities, the audit, stopped contacts."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consults', '0010_outbox_times'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('seq', models.PositiveBigIntegerField(editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(editable=False)),
                ('actor_name', models.CharField(blank=True, editable=False, max_length=150)),
                ('action', models.CharField(choices=[('list', 'Listed'), ('view', 'Opened'), ('reveal', 'Revealed in a list'), ('search', 'Searched'), ('print', 'Printed'), ('export', 'Exported'), ('report', 'Read the reports'), ('change', 'Changed'), ('note', 'Noted'), ('denied', 'Refused'), ('break_glass', 'Opened the emergency access'), ('audit', 'Read the audit'), ('verify', 'Verified the audit')], editable=False, max_length=12)),
                ('purpose', models.CharField(blank=True, choices=[('triage', 'To answer it'), ('reveal', 'To call from the list'), ('search', 'To find somebody'), ('copy', 'To send the copy that was asked for'), ('export', 'To export it'), ('print', 'To print it'), ('emergency', 'In an emergency')], editable=False, max_length=12)),
                ('references', models.TextField(blank=True, editable=False)),
                ('detail', models.CharField(blank=True, editable=False, max_length=200)),
                ('previous_mac', models.CharField(editable=False, max_length=64)),
                ('mac', models.CharField(editable=False, max_length=64)),
            ],
            options={
                'verbose_name': 'audit event',
                'ordering': ['-seq'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='AuditTail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveBigIntegerField(default=0)),
                ('mac', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='EmergencyAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('until', models.DateTimeField(editable=False)),
            ],
            options={
                'ordering': ['-at'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='StoppedContact',
            fields=[
                ('digest', models.CharField(editable=False, max_length=64, primary_key=True, serialize=False)),
                ('reference', models.CharField(editable=False, max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='consultrequest',
            options={'default_permissions': ('view', 'change'), 'permissions': [('export_consultrequest', 'Can export consultation requests'), ('report_consultrequest', 'Can read the reports on consultation requests')], 'verbose_name': 'consultation request'},
        ),
        migrations.AddField(
            model_name='consultrequest',
            name='attempt_minutes',
            field=models.PositiveIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='consultrequest',
            name='attempts',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='consultrequest',
            name='closed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='consultrequest',
            name='first_attempt_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='consultrequest',
            name='next_action_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='consultrequest',
            name='priority',
            field=models.PositiveSmallIntegerField(choices=[(0, 'In turn'), (1, 'Read first'), (2, 'Read now')], default=0),
        ),
        migrations.AddField(
            model_name='consultrequest',
            name='reach_minutes',
            field=models.PositiveIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='consultrequest',
            name='reached_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='consultrequest',
            name='same_as',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='repeats', to='consults.consultrequest'),
        ),
        migrations.AddField(
            model_name='consultrequest',
            name='seen_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='timelineevent',
            name='outcome',
            field=models.CharField(blank=True, choices=[('booked', 'Reached: booked'), ('call_back', 'Reached: call back'), ('voicemail', 'Left a voicemail'), ('no_answer', 'No answer'), ('wrong_number', 'Wrong number'), ('asked_to_stop', 'Asked us to stop')], max_length=16),
        ),
        migrations.AlterField(
            model_name='timelineevent',
            name='action',
            field=models.CharField(choices=[('submit', 'Received'), ('view', 'Opened'), ('reveal', 'Name and contact read in the list'), ('claim', 'Claimed'), ('assign', 'Given to somebody'), ('attempt', 'Tried to reach'), ('snooze', 'Put off'), ('priority', 'Priority changed'), ('status', 'Moved'), ('note', 'Note added'), ('link', 'Linked as the same person'), ('unlink', 'Link removed'), ('print', 'Printed'), ('export', 'Exported'), ('copy', 'Address read for the copy by e-mail')], max_length=12),
        ),
        migrations.AddIndex(
            model_name='consultrequest',
            index=models.Index(fields=['created_at'], name='consult_arrival'),
        ),
        migrations.AddIndex(
            model_name='consultrequest',
            index=models.Index(fields=['next_action_at'], name='consult_due'),
        ),
        migrations.AddConstraint(
            model_name='consultrequest',
            constraint=models.CheckConstraint(condition=models.Q(('priority__in', [0, 1, 2])), name='consult_priority_known'),
        ),
        migrations.AddField(
            model_name='auditevent',
            name='actor',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='emergencyaccess',
            name='user',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='stoppedcontact',
            name='actor',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]
