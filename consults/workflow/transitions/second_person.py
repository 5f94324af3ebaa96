"""What one person alone neither ends nor puts off: requests to be read first, where a clinician is named.

Whoever has the role of a clinician answers for them, and needs nobody beside.
"""

from django.contrib.auth.models import User
from django.db.models import Q

from clinic.core.facts import read_facts
from clinic.core.opening_hours import after_opening_minutes
from consults import crisis
from consults.enums import CLOSED_STATUSES, DeskRole, Outcome, Priority, Status, TimelineAction
from consults.models import ConsultRequest, DeskGrant
from consults.permissions import has_role
from consults.workflow.people.settled import settled_accounts

# Whoever did one of these has dealt with the request.
AGREEING = [TimelineAction.ASK_CLOSE, TimelineAction.HANDED, TimelineAction.ATTEMPT]
ENDS = [Status.CLOSED, Status.SPAM]
# So many minutes of opening later it comes up again at the latest, whatever one person does.
SOON_MINUTES = 30


def needs_second_person(consult: ConsultRequest, *, actor: User) -> bool:
    """Whether a colleague of the actor has to deal with the request before the actor may end it."""
    if not _is_guarded(consult) or has_role(actor, DeskRole.CLINICIAN):
        return False
    return not _dealings(consult).exclude(actor=actor).exists()


def latest_next_action(consult, now):
    """Return when an open request has to come up again at the latest; None where it may wait longer.

    It may once two people have dealt with it since it was marked, or the clinician has.
    """
    if not _is_guarded(consult) or consult.status == Status.QUARANTINE or _is_dealt_with(consult):
        return None
    return after_opening_minutes(read_facts().hours_of(consult.location), now, SOON_MINUTES)


def _is_guarded(consult):
    return (
        bool(crisis.clinician())
        and consult.priority != Priority.NONE
        and consult.status not in CLOSED_STATUSES
    )


def _dealings(consult):
    """Return what people did about the request since it was last marked."""
    marks = consult.timeline.filter(action=TimelineAction.PRIORITY).order_by("-pk")
    marked = marks.values_list("pk", flat=True).first() or 0
    # Whoever made a second account just now is no second person.
    return consult.timeline.filter(
        action__in=AGREEING, pk__gt=marked, actor__in=settled_accounts().values("pk")
    )


def _is_dealt_with(consult):
    dealings = _dealings(consult)
    clinicians = DeskGrant.objects.in_force().filter(role=DeskRole.CLINICIAN).values("user")
    with_clinician = Q(action=TimelineAction.HANDED) | Q(outcome=Outcome.CLINICIAN) | Q(actor__in=clinicians)
    if dealings.filter(with_clinician).exists():
        return True
    return dealings.order_by().values("actor").distinct().count() > 1
