"""Addresses not found, and editors who may see them."""

from django.db import migrations, models

from clinic.core.group_permissions import grant

WORDS = {"Editors": {"removal.notfoundaddress": "view"}}


def give(apps, schema_editor):
    """Grant this word alone."""
    grant(apps, WORDS)


class Migration(migrations.Migration):
    dependencies = [
        ("removal", "0003_rights_redirects"),
    ]

    operations = [
        migrations.CreateModel(
            name='NotFoundAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=255, unique=True)),
                ('days', models.JSONField(default=dict)),
                ('last_day', models.DateField(db_index=True)),
                ('is_left', models.BooleanField(db_default=False, default=False)),
            ],
            options={
                'verbose_name': 'address not found',
                'verbose_name_plural': 'addresses not found',
                'ordering': ['address'],
                'default_permissions': ('view',),
            },
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
