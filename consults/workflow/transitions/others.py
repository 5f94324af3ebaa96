"""What becomes of the other requests of a person, once something came of one: ended with it, or apart.

Each of them by itself, by the same rules as ever; what can't be done keeps back none of the rest.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from consults.enums import ClosedReason, Status, TimelineAction
from consults.models import ConsultRequest
from consults.workflow.errors import HasAppointment, InvalidTransition, NotLinked, StaleRequest

from .change import Done, Undone, change, refuse_stale
from .desk import change_status
from .links import unlink

# More than anybody looks through at once.
MOST_TOGETHER = 50


@dataclass(frozen=True)
class Stood:
    """How a request stood before it was ended with others, and its version since."""

    version: int
    status: str
    next_action_at: datetime | None
    agreed_at: datetime | None
    assignee_id: int | None


@dataclass
class Together:
    """What was done to several requests of one person: to which it was, and to which not and why."""

    done: list[ConsultRequest] = field(default_factory=list)
    # With the error of the workflow, or with what one deed left undone.
    undone: list[tuple[ConsultRequest, Exception | Undone]] = field(default_factory=list)
    # By key, for whoever wants to undo it.
    stood: dict[int, Stood] = field(default_factory=dict)


def others_of(consult: ConsultRequest) -> list[ConsultRequest]:
    """Return the other requests of the same person that still have contents, the oldest first."""
    people = ConsultRequest.objects.from_people().of_thread(consult.thread_id).with_contents()
    return list(people.exclude(pk=consult.pk).oldest_first())


def hold(requests: QuerySet[ConsultRequest]) -> None:
    """Hold requests until the transaction ends, before the first of them is changed or noted.

    In one order, and before the last event of the audit, which every change holds: so of two who act at once
    none waits for the other for ever.
    """
    # Not their keys: whoever opens one of them notes it, and only waits for the audit.
    list(requests.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def hold_thread(consult: ConsultRequest) -> None:
    """Hold all requests of a person until the transaction ends: whoever acts on them meanwhile waits."""
    hold(ConsultRequest.objects.of_thread(consult.thread_id))


def each(
    requests: Iterable[ConsultRequest], do: Callable[[ConsultRequest], Done | None], *, wishes: bool = False
) -> Together:
    """Do something to each of several requests, and return to which it was done.

    A wish that waits for a second manager counts as done where ``wishes`` are what is asked for.
    """
    together = Together()
    for consult in requests:
        try:
            with transaction.atomic():
                done = do(consult)
        except (InvalidTransition, StaleRequest) as problem:
            consult.refresh_from_db()
            together.undone.append((consult, problem))
            continue
        left = [undone for undone in (done.undone if done else ()) if undone != Undone.ANYTHING]
        if wishes:
            left = [undone for undone in left if undone != Undone.DECIDING]
        if left:
            together.undone.append((consult, left[0]))
        else:
            together.done.append(consult)
    return together


@transaction.atomic
def end_others(consult: ConsultRequest, *, actor: User, others: Mapping[int, int]) -> Together:
    """Close other open requests of the person as duplicates; ``others`` are versions by key, as seen.

    One that nobody read, one to be read first and one with an appointment are left as they are. Raises
    NotAllowed, AuditProblem.
    """
    hold_thread(consult)
    stood: dict[int, Stood] = {}

    def end(other: ConsultRequest) -> Done:
        _refuse_strangers(consult, other)
        if other.status == Status.BOOKED:
            raise HasAppointment
        version, before = others[other.pk], _as_it_stands(other)
        done = change_status(
            other, actor=actor, version=version, status=Status.CLOSED, reason=ClosedReason.DUPLICATE
        )
        if not done.undone:
            stood[other.pk] = Stood(version=other.version, **before)
        return done

    together = each(_found(others), end)
    together.stood = stood
    return together


@transaction.atomic
def separate_others(consult: ConsultRequest, *, actor: User, others: Mapping[int, int]) -> Together:
    """Remove the links of other requests, so that each stands for itself. Arguments and errors as above."""
    hold_thread(consult)

    def separate(other: ConsultRequest) -> Done:
        _refuse_strangers(consult, other)
        return unlink(other, actor=actor, version=others[other.pk])

    # The first one last: the others point to it.
    return each(reversed(_found(others)), separate)


@transaction.atomic
def reopen_others(stood: Mapping[int, Stood], *, actor: User) -> Together:
    """Put back what ``end_others`` ended, as it stood, where nothing happened to it since.

    Raises NotAllowed, AuditProblem.
    """

    def reopen(other: ConsultRequest) -> Done:
        before = stood[other.pk]
        refuse_stale(other, before.version)
        if other.status != Status.CLOSED or other.closed_reason != ClosedReason.DUPLICATE:
            raise InvalidTransition
        return change(
            other,
            actor=actor,
            version=before.version,
            action=TimelineAction.STATUS,
            status=before.status,
            closed_reason="",
            next_action_at=before.next_action_at,
            agreed_at=before.agreed_at,
            assignee_id=before.assignee_id,
        )

    return each(_found(stood), reopen)


def _found(keys: Iterable[int]) -> list[ConsultRequest]:
    return list(ConsultRequest.objects.from_people().filter(pk__in=list(keys)).oldest_first())


def _refuse_strangers(consult, other):
    """Say it where the link was removed since the page was shown."""
    consult.refresh_from_db(fields=["same_as"])
    if other.pk == consult.pk or other.thread_id != consult.thread_id:
        raise NotLinked


def _as_it_stands(consult):
    return {
        "status": consult.status,
        "next_action_at": consult.next_action_at,
        "agreed_at": consult.agreed_at,
        "assignee_id": consult.assignee_id,
    }
