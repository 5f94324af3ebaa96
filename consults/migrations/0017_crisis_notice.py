"""Mail to the clinician of a request that sounds like danger now."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consults', '0016_emergency_notice'),
    ]

    operations = [
        migrations.AlterField(
            model_name='outboxmessage',
            name='recipient',
            field=models.CharField(choices=[('staff', 'Staff'), ('patient', 'The person who asked'), ('owner', 'Owner'), ('canary', 'The site itself'), ('clinician', 'The clinician in charge')], max_length=10),
        ),
        migrations.AlterField(
            model_name='outboxmessage',
            name='template',
            field=models.CharField(choices=[('staff_notice', 'A request waits'), ('patient_copy', 'Copy for the person who asked'), ('escalation', 'A request waits too long'), ('emergency', 'Somebody opened the emergency access'), ('crisis', 'A request to read now')], max_length=20),
        ),
    ]
