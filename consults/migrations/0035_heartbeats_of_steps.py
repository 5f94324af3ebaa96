"""Signs of life of every step of the worker, with the words and the pause by which they are missed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("consults", "0032_traces")]

    operations = [
        migrations.AlterField(
            model_name='heartbeat',
            name='name',
            field=models.CharField(max_length=30, primary_key=True, serialize=False),
        ),
        migrations.AddField(
            model_name='heartbeat',
            name='label',
            field=models.CharField(blank=True, db_default='', default='', max_length=80),
        ),
        migrations.AddField(
            model_name='heartbeat',
            name='every',
            field=models.DurationField(null=True),
        ),
    ]
