from django.db import migrations

import clinic.core.fields


class Migration(migrations.Migration):

    dependencies = [
        ('blog', '0004_nothing_medical'),
    ]

    operations = [
        migrations.AddField(
            model_name='blogpage',
            name='chosen_posts',
            field=clinic.core.fields.StreamField(blank=True, help_text='Up to three, shown below this post before those that are found by topic and day.', null=True, verbose_name='other posts to show'),
        ),
    ]
