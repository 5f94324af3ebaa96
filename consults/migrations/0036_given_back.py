"""Requests can be given back by the site itself, when whoever had them left."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("consults", "0035_heartbeats_of_steps"),
    ]

    operations = [
        migrations.AlterField(
            model_name='timelineevent',
            name='action',
            field=models.CharField(choices=[('submit', 'Received'), ('view', 'Opened'), ('reveal', 'Name and contact read in the list'), ('claim', 'Claimed'), ('assign', 'Given to somebody'), ('released', 'Given back, since whoever had it left'), ('attempt', 'Tried to reach'), ('snooze', 'Put off'), ('priority', 'Priority changed'), ('handed', 'Handed to the clinician'), ('ask_close', 'Asked a colleague to agree to closing'), ('status', 'Moved'), ('note', 'Note added'), ('link', 'Linked as the same person'), ('unlink', 'Link removed'), ('print', 'Printed'), ('export', 'Exported'), ('copy', 'Address read for the copy by e-mail'), ('hold', 'Kept beyond its time'), ('release', 'No longer kept beyond its time'), ('ask_erase', 'Asked a manager to agree to removing the contents'), ('purge', 'Contents removed'), ('mail', 'E-mail sent'), ('mail_read', 'Address and words read for the e-mail')], max_length=12),
        ),
    ]
