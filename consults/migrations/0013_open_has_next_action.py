"""No open request without a next action. Apart from the data: PostgreSQL does only one at a time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consults", "0012_next_actions")]

    operations = [
        migrations.AddConstraint(
            model_name='consultrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['new', 'working', 'reached', 'booked']), _negated=True), ('next_action_at__isnull', False), _connector='OR'), name='consult_open_has_next_action'),
        ),
    ]
