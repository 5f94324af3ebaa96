"""Mail that tells of emergency access."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consults', '0015_audit_stays'),
    ]

    operations = [
        migrations.AlterField(
            model_name='outboxmessage',
            name='template',
            field=models.CharField(choices=[('staff_notice', 'A request waits'), ('patient_copy', 'Copy for the person who asked'), ('escalation', 'A request waits too long'), ('emergency', 'Somebody opened the emergency access')], max_length=20),
        ),
    ]
