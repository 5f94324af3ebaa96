"""Stops that a manager lifted stay and say so."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("consults", "0039_count_unanswered"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='stoppedcontact',
            name='lift_reason',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=180),
        ),
        migrations.AddField(
            model_name='stoppedcontact',
            name='lifted_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='stoppedcontact',
            name='lifted_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='timelineevent',
            name='action',
            field=models.CharField(choices=[('submit', 'Received'), ('view', 'Opened'), ('reveal', 'Name and contact read in the list'), ('claim', 'Claimed'), ('assign', 'Given to somebody'), ('attempt', 'Tried to reach'), ('snooze', 'Put off'), ('priority', 'Priority changed'), ('handed', 'Handed to the clinician'), ('ask_close', 'Asked a colleague to agree to closing'), ('status', 'Moved'), ('note', 'Note added'), ('link', 'Linked as the same person'), ('unlink', 'Link removed'), ('print', 'Printed'), ('export', 'Exported'), ('copy', 'Address read for the copy by e-mail'), ('hold', 'Kept beyond its time'), ('release', 'No longer kept beyond its time'), ('ask_erase', 'Asked a manager to agree to removing the contents'), ('purge', 'Contents removed'), ('mail', 'E-mail sent'), ('mail_read', 'Address and words read for the e-mail'), ('stop', 'Asked us not to contact them'), ('lift_stop', 'May be contacted again')], max_length=12),
        ),
    ]
