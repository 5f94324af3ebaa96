"""Requests that a clinician has to know of: handing them over, and counting what the word lists missed."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from consults import crisis
from consults.enums import Priority, TimelineAction
from consults.models import ConsultRequest, FlagMiss
from consults.workflow.days.closures import is_overtaken
from consults.workflow.errors import InvalidTransition
from consults.workflow.retention.counting_removed import monday_of

from .change import Done, change, refuse_stale, who_has_it
from .desk import set_priority


def hand_to_clinician(consult: ConsultRequest, *, actor: User, version: int) -> Done:
    """Note that the clinician in charge was told of an open request, by the actor and by word of mouth.

    From now on it may wait, so that a time agreed with the person holds again.
    Raises NotAllowed, InvalidTransition (it is not open, or nobody is in charge), StaleRequest, AuditProblem.
    """
    refuse_stale(consult, version)
    if not consult.is_open or not crisis.clinician():
        raise InvalidTransition
    agreed = None if is_overtaken(consult) else consult.agreed_after(timezone.now())
    return change(
        consult,
        actor=actor,
        version=version,
        action=TimelineAction.HANDED,
        assignee=who_has_it(consult, actor),
        status=consult.status_when_taken,
        next_action_at=agreed or consult.next_action_at,
    )


@transaction.atomic
def report_missed(consult: ConsultRequest, *, actor: User, version: int) -> Done:
    """Put a request first that the word lists did not, and count that, without a link to the request.

    Raises like ``hand_to_clinician``.
    """
    if not crisis.clinician() or consult.priority != Priority.NONE:
        raise InvalidTransition
    done = set_priority(consult, actor=actor, version=version, priority=Priority.NOW)
    FlagMiss.objects.create(week=monday_of(timezone.now()))
    return done
