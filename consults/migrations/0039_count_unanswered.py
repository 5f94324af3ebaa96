"""Read from the timeline of each open request how many tries in a row nobody answered, and what was agreed."""

from django.db import migrations

OPEN = ["new", "working", "reached", "booked"]
ENDED = ["converted", "closed", "spam"]
UNANSWERED = ["voicemail", "no_answer"]
REACHED = ["booked", "call_back", "asked_to_stop", "clinician"]
# These plan a time of their own after an agreed one.
REPLANNING = ["attempt", "snooze", "mail"]


def count(apps, schema_editor):
    """Fill both columns; the other requests get theirs when they are opened again."""
    requests = apps.get_model("consults", "ConsultRequest").objects
    events = apps.get_model("consults", "TimelineEvent").objects
    for request in requests.filter(status__in=OPEN, attempts__gt=0).defer("envelope").iterator():
        unanswered, agreed_at = 0, None
        for event in events.filter(request=request).order_by("at", "pk"):
            if _begins_anew(event):
                unanswered = 0
            elif event.outcome in UNANSWERED:
                unanswered += 1
            if event.action in REPLANNING or (event.action == "status" and event.to_status != "booked"):
                is_agreed = event.outcome in ("call_back", "booked")
                agreed_at = request.next_action_at if is_agreed else None
        requests.filter(pk=request.pk).update(unanswered=unanswered, agreed_at=agreed_at)


def _begins_anew(event):
    moved = event.action == "status" and (
        event.to_status in ("reached", "booked") or event.from_status in ENDED
    )
    return moved or event.outcome in REACHED


class Migration(migrations.Migration):
    dependencies = [("consults", "0038_unanswered")]

    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
