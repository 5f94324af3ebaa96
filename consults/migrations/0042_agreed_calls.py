"""Calls that were agreed with the person come first; those of before are told by what happened last."""

from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery


def remember_agreed(apps, schema_editor):
    """Take over the time of those whose last attempt ended with a call back that was agreed."""
    requests, events = (apps.get_model("consults", name) for name in ("ConsultRequest", "TimelineEvent"))
    # Only these change when somebody is called next.
    planned = events.objects.filter(request=OuterRef("pk"), action__in=["attempt", "snooze", "mail"])
    last = Subquery(planned.order_by("-at", "-pk").values("outcome")[:1])
    agreed = requests.objects.annotate(last=last).filter(status__in=["reached", "booked"], last="call_back")
    requests.objects.filter(pk__in=agreed.values("pk")).update(agreed_at=F("next_action_at"))


class Migration(migrations.Migration):

    dependencies = [
        ("consults", "0041_stops"),
    ]

    operations = [
        migrations.AddField(
            model_name='consultrequest',
            name='agreed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunPython(remember_agreed, migrations.RunPython.noop),
    ]
