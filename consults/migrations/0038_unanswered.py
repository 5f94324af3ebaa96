"""Tries that nobody answered, counted by themselves, and the time that was agreed with a person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consults", "0036_given_back")]

    operations = [
        migrations.AddField(
            model_name="consultrequest",
            name="agreed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="consultrequest",
            name="unanswered",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
    ]
