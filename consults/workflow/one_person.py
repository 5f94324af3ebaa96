"""What is done to one request and holds for the person: the same for the others that are linked with it.

Each of them has its own event; of what isn't possible with one of them the result says why.
"""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction

from consults.enums import ClosedReason, Status, TimelineAction
from consults.models import ConsultRequest

from .do_not_contact import register_stop
from .recording import note
from .retention.purging import erase, erasure_asked_by, set_hold
from .transitions.change import Done
from .transitions.desk import change_status
from .transitions.others import Together, each


@transaction.atomic
def stop_others(consult: ConsultRequest, others: Iterable[ConsultRequest], *, actor: User) -> Together:
    """End the other open requests of somebody who asked us to stop with this one, and note it on the rest.

    Their numbers and addresses were remembered with this one. Raises NotAllowed, AuditProblem.
    """

    def stop(other: ConsultRequest) -> Done | None:
        if other.is_open:
            reason = ClosedReason.ASKED_TO_STOP
            return change_status(
                other, actor=actor, version=other.version, status=Status.CLOSED, reason=reason
            )
        note(other, TimelineAction.STOP, actor=actor)
        return None

    together = each(others, stop)
    # They asked once, and with this one.
    register_stop(consult, actor=actor)
    return together


@transaction.atomic
def hold_others(others: Iterable[ConsultRequest], *, actor: User, on_hold: bool) -> Together:
    """Keep the contents of the others beyond their time too, or wish that no longer. Raises NotAllowed."""
    return each(
        others,
        lambda other: set_hold(other, actor=actor, version=other.version, on_hold=on_hold),
        wishes=True,
    )


@transaction.atomic
def erase_others(others: Iterable[ConsultRequest], *, actor: User) -> Together:
    """Remove the contents of the others too, or note the wish, by the rules for each. Raises NotAllowed."""

    def remove(other: ConsultRequest) -> Done | None:
        # Once is enough.
        if erasure_asked_by(other) == actor:
            return None
        return erase(other, actor=actor, version=other.version)

    return each(others, remove, wishes=True)
