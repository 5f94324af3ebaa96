"""One row of the outbox for each address; a row names it by a keyed hash."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("consults", "0027_suspected_shown"),
    ]

    operations = [
        migrations.AddField(
            model_name='outboxmessage',
            name='address_hash',
            field=models.CharField(blank=True, db_default='', default='', max_length=32),
        ),
        migrations.AddField(
            model_name='outboxmessage',
            name='origin',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.RemoveConstraint(
            model_name='outboxmessage',
            name='outbox_once',
        ),
        migrations.AddConstraint(
            model_name='outboxmessage',
            constraint=models.UniqueConstraint(condition=models.Q(('origin__isnull', True), ('reply__isnull', True)), fields=('template', 'reference', 'recipient'), name='outbox_once'),
        ),
    ]
