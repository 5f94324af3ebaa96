"""What the front desk says: templates, and the e-mails that were sent, sealed; several mails for one request."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consults', '0017_crisis_notice'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReplyTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='Staff choose by it. It is never sent.', max_length=80)),
                ('channel', models.CharField(choices=[('call', 'On the phone'), ('voicemail', "Voicemail, without the clinic's name"), ('voicemail_named', "Voicemail, with the clinic's name"), ('text', 'Text message'), ('email', 'E-mail')], max_length=16, verbose_name='used')),
                ('locale', models.CharField(choices=[('en', 'English'), ('es', 'Español')], max_length=5, verbose_name='language')),
                ('subject', models.CharField(blank=True, help_text='For e-mail alone. Others may see it on a screen.', max_length=80)),
                ('text', models.TextField(max_length=2000)),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='The lowest number stands first.')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'reply template',
                'ordering': ['channel', 'locale', 'position', 'title', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SealedReply',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('subject', models.BinaryField()),
                ('base', models.BinaryField()),
                ('text', models.BinaryField()),
            ],
            options={
                'ordering': ['created_at', 'id'],
                'default_permissions': (),
            },
        ),
        migrations.RemoveConstraint(
            model_name='outboxmessage',
            name='outbox_once',
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='purpose',
            field=models.CharField(blank=True, choices=[('triage', 'To answer it'), ('reveal', 'To call from the list'), ('search', 'To find somebody'), ('copy', 'To send the copy that was asked for'), ('reply', 'To answer by e-mail'), ('export', 'To export it'), ('print', 'To print it'), ('emergency', 'In an emergency')], editable=False, max_length=12),
        ),
        migrations.AlterField(
            model_name='outboxmessage',
            name='template',
            field=models.CharField(choices=[('staff_notice', 'A request waits'), ('patient_copy', 'Copy for the person who asked'), ('escalation', 'A request waits too long'), ('emergency', 'Somebody opened the emergency access'), ('crisis', 'A request to read now'), ('reply', 'Answer of the front desk')], max_length=20),
        ),
        migrations.AlterField(
            model_name='timelineevent',
            name='action',
            field=models.CharField(choices=[('submit', 'Received'), ('view', 'Opened'), ('reveal', 'Name and contact read in the list'), ('claim', 'Claimed'), ('assign', 'Given to somebody'), ('attempt', 'Tried to reach'), ('snooze', 'Put off'), ('priority', 'Priority changed'), ('status', 'Moved'), ('note', 'Note added'), ('link', 'Linked as the same person'), ('unlink', 'Link removed'), ('print', 'Printed'), ('export', 'Exported'), ('copy', 'Address read for the copy by e-mail'), ('mail', 'E-mail sent'), ('mail_read', 'Address and words read for the e-mail')], max_length=12),
        ),
        migrations.AddField(
            model_name='sealedreply',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sealedreply',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='consults.consultrequest'),
        ),
        migrations.AddField(
            model_name='sealedreply',
            name='template',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='consults.replytemplate'),
        ),
        migrations.AddField(
            model_name='outboxmessage',
            name='reply',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='message', to='consults.sealedreply'),
        ),
        migrations.AddConstraint(
            model_name='outboxmessage',
            constraint=models.UniqueConstraint(condition=models.Q(('reply__isnull', True)), fields=('template', 'reference', 'recipient'), name='outbox_once'),
        ),
        migrations.AddConstraint(
            model_name='outboxmessage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reply__isnull', False), ('template', 'reply')), models.Q(models.Q(('template', 'reply'), _negated=True), ('reply__isnull', True)), _connector='OR'), name='outbox_reply_has_words'),
        ),
    ]
