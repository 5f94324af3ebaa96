"""What one person alone does not end: requests to be read first, where a clinician answers for them."""

from consults import crisis
from consults.enums import CLOSED_STATUSES, Priority, Status, TimelineAction

# Whoever did one of these has dealt with the request.
AGREEING = [TimelineAction.ASK_CLOSE, TimelineAction.HANDED, TimelineAction.ATTEMPT]
ENDS = [Status.CLOSED, Status.SPAM]


def needs_second_person(request, *, actor) -> bool:
    """Whether a colleague of the actor has to deal with the request before the actor may end it."""
    if not crisis.clinician() or request.priority == Priority.NONE or request.status in CLOSED_STATUSES:
        return False
    marks = request.timeline.filter(action=TimelineAction.PRIORITY).order_by("-pk")
    marked = marks.values_list("pk", flat=True).first() or 0
    agreed = request.timeline.filter(action__in=AGREEING, pk__gt=marked, actor__isnull=False)
    return not agreed.exclude(actor=actor).exists()


def waits_for_second_person(request) -> bool:
    """Whether somebody wanted to end the request and a colleague has not agreed yet."""
    last = request.timeline.last_changes(1)
    return bool(last) and last[0].action == TimelineAction.ASK_CLOSE
