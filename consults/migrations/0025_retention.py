"""How long contents are kept, and what is left of them for the figures."""

import uuid
from django.conf import settings
from django.db import migrations, models

from clinic.core.group_permissions import grant


def let_managers_erase(apps, schema_editor):
    """Let managers keep contents beyond their time, and remove them earlier."""
    grant(apps, "Managers", ["consults.erase_consultrequest"])


class Migration(migrations.Migration):

    dependencies = [
        ('consults', '0024_location'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FunnelRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('week', models.DateField(help_text='The Monday of the week in which it arrived.')),
                ('source_section', models.CharField(choices=[('home', 'Home'), ('treatments', 'Treatments'), ('blog', 'Blog'), ('team', 'Team'), ('locations', 'Locations'), ('questions', 'Questions'), ('fees', 'Fees'), ('policies', 'Policies'), ('search', 'Search'), ('other', 'Elsewhere')], max_length=12)),
                ('campaign', models.CharField(blank=True, choices=[('', 'None'), ('paid_search', 'Search advertisement'), ('social', 'Social media'), ('email', 'E-mail or newsletter'), ('print', 'Print or poster'), ('referral', 'Link on another site'), ('other', 'Another campaign')], max_length=12)),
                ('heard_from', models.CharField(blank=True, choices=[('', "I'd rather not say"), ('search', 'Searching the web'), ('clinician', 'A doctor or therapist'), ('person', 'Somebody I know'), ('social', 'Social media'), ('event', 'A talk or an event'), ('elsewhere', 'Somewhere else')], max_length=12)),
                ('treatment', models.CharField(max_length=120)),
                ('outcome', models.CharField(max_length=16)),
                ('within_minutes', models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='consultrequest',
            options={'default_permissions': ('view', 'change'), 'permissions': [('export_consultrequest', 'Can export consultation requests'), ('export_opened_consultrequest', 'Can export names and contacts'), ('erase_consultrequest', 'Can keep or remove the contents of consultation requests'), ('report_consultrequest', 'Can read the reports on consultation requests')], 'verbose_name': 'consultation request'},
        ),
        migrations.AddField(
            model_name='consultrequest',
            name='on_hold',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='consultrequest',
            name='purged_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='action',
            field=models.CharField(choices=[('list', 'Listed'), ('view', 'Opened'), ('reveal', 'Revealed in a list'), ('search', 'Searched'), ('print', 'Printed'), ('export', 'Exported'), ('report', 'Read the reports'), ('change', 'Changed'), ('note', 'Noted'), ('denied', 'Refused'), ('break_glass', 'Opened the emergency access'), ('audit', 'Read the audit'), ('verify', 'Verified the audit'), ('purge', 'Removed the contents')], editable=False, max_length=12),
        ),
        migrations.AlterField(
            model_name='heartbeat',
            name='name',
            field=models.CharField(choices=[('worker', 'Worker'), ('canary', 'Test request'), ('quarantine', 'Look at suspected spam'), ('purge', 'Removal of old contents')], max_length=10, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='timelineevent',
            name='action',
            field=models.CharField(choices=[('submit', 'Received'), ('view', 'Opened'), ('reveal', 'Name and contact read in the list'), ('claim', 'Claimed'), ('assign', 'Given to somebody'), ('attempt', 'Tried to reach'), ('snooze', 'Put off'), ('priority', 'Priority changed'), ('handed', 'Handed to the clinician'), ('ask_close', 'Asked a colleague to agree to closing'), ('status', 'Moved'), ('note', 'Note added'), ('link', 'Linked as the same person'), ('unlink', 'Link removed'), ('print', 'Printed'), ('export', 'Exported'), ('copy', 'Address read for the copy by e-mail'), ('hold', 'Kept beyond its time'), ('release', 'No longer kept beyond its time'), ('ask_erase', 'Asked a manager to agree to removing the contents'), ('purge', 'Contents removed'), ('mail', 'E-mail sent'), ('mail_read', 'Address and words read for the e-mail')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='consultrequest',
            constraint=models.CheckConstraint(condition=models.Q(('purged_at', None), models.Q(('status__in', ['new', 'working', 'reached', 'booked']), _negated=True), _connector='OR'), name='consult_open_has_contents'),
        ),
        migrations.AddIndex(
            model_name='funnelrow',
            index=models.Index(fields=['week'], name='funnel_week'),
        ),
        migrations.RunPython(let_managers_erase, migrations.RunPython.noop),
    ]
