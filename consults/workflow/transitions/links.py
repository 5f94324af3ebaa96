"""Saying that requests are of one person, and taking that back. All of them point to the first one."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery

from consults.enums import TimelineAction
from consults.models import ConsultRequest
from consults.workflow.errors import CannotLink, InvalidTransition

from .change import Done, change, refuse_stale


@transaction.atomic
def link(consult: ConsultRequest, *, actor: User, version: int, same_as: ConsultRequest) -> Done:
    """Say that an earlier request is of the same person; both stay as they are.

    Raises NotAllowed, CannotLink (to itself, to a later one, to one without contents, or it has others linked
    to it), StaleRequest, AuditProblem.
    """
    refuse_stale(consult, version)
    # The first one leads, so that no chain and no circle comes about; nor by two who link at once.
    leader = _held(same_as.thread_id, consult.pk, same_as.pk)
    is_circle = leader.pk == consult.pk or leader.same_as_id is not None or consult.repeats.exists()
    if is_circle or leader.purged_at or leader.created_at > consult.created_at:
        raise CannotLink
    return change(consult, actor=actor, version=version, action=TimelineAction.LINK, same_as=leader)


@transaction.atomic
def unlink(consult: ConsultRequest, *, actor: User, version: int) -> Done:
    """Take a request out of those it is linked with; the others stay linked. Raises like ``link``.

    Raises InvalidTransition where it stands alone.
    """
    refuse_stale(consult, version)
    if consult.same_as_id is None and not consult.repeats.exists():
        raise InvalidTransition
    done = change(consult, actor=actor, version=version, action=TimelineAction.UNLINK, same_as=None)
    pass_on_the_lead(consult)
    return done


def pass_on_the_lead(consult: ConsultRequest) -> None:
    """Let those that point to a request point to the oldest of them instead; they stay linked.

    Call it in the transaction that takes it out. Nothing that their readers saw changes.
    """
    heir = consult.repeats.oldest_first().first()
    if heir is not None:
        consult.repeats.exclude(pk=heir.pk).update(same_as=heir)
        consult.repeats.update(same_as=None)


def straighten_threads() -> int:
    """Let whatever points to a request that points on itself point to the first one; return how many.

    Somebody corrects a request in the moment in which the desk links it. Nothing that readers saw changes.
    Raises django.db.Error.
    """
    onward = ConsultRequest.objects.filter(pk=OuterRef("same_as"), same_as__isnull=False)
    crooked = ConsultRequest.objects.filter(Exists(onward), same_as__isnull=False)
    return crooked.update(same_as=Subquery(onward.values("same_as")[:1]))


def _held(leader, *others):
    """Return the request of a key, it and the others held in a certain order until the transaction ends."""
    rows = ConsultRequest.objects.filter(pk__in=[leader, *others])
    return {row.pk: row for row in rows.order_by("pk").select_for_update(no_key=True)}[leader]
