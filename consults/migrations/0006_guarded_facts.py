"""Versions of what every page says and of who is told."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consults', '0005_account_events'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GuardedFacts',
            fields=[
                ('version', models.PositiveIntegerField(editable=False, primary_key=True, serialize=False)),
                ('crisis_number', models.CharField(max_length=25, verbose_name='crisis number')),
                ('emergency_number', models.CharField(max_length=25, verbose_name='emergency number')),
                ('phone', models.CharField(blank=True, max_length=25, verbose_name='phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='reply address')),
                ('notice_recipients', models.TextField(blank=True, verbose_name='who is told of requests')),
                ('owner_recipients', models.TextField(blank=True, verbose_name='owner’s addresses')),
                ('clinician_recipients', models.TextField(blank=True, verbose_name='clinician’s addresses')),
                ('restored_from', models.PositiveIntegerField(editable=False, null=True)),
                ('event', models.PositiveBigIntegerField(editable=False, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('author', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'what every page says',
                'verbose_name_plural': 'what every page says',
                'ordering': ['-version'],
                'default_permissions': ('add',),
            },
        ),
    ]
