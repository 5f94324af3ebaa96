"""Whether the desk starts with names. Managers choose, since whoever passes a screen can read them."""

from django.contrib.auth.models import User
from django.db import transaction

from consults import audit
from consults.enums import AuditAction
from consults.models import DeskStart
from consults.permissions import can_manage_people
from consults.workflow.errors import NotAllowed
from consults.workflow.transitions.change import NOTHING, Done


def desk_starts_with_names() -> bool:
    """Whether the names of a page of the desk stand there without a tap; where nobody chose, they don't."""
    return DeskStart.objects.filter(with_names=True).exists()


@transaction.atomic
def start_desk_with_names(wanted: bool, *, actor: User) -> Done:
    """Let the desk start with names from now on, or with references. Raises NotAllowed, AuditProblem."""
    if not can_manage_people(actor):
        raise NotAllowed
    # The row is held until the end, so that of two who choose at once each leaves an event that is true.
    stands, _is_new = DeskStart.objects.select_for_update().get_or_create(pk=1)
    if stands.with_names == wanted:
        return NOTHING
    stands.with_names = wanted
    stands.save(update_fields=["with_names"])
    audit.append(
        AuditAction.CHANGE, actor=actor, detail=f"the desk starts with {'names' if wanted else 'references'}"
    )
    return Done()
