"""People who asked not to be contacted: remembered as hashes, and asked before anybody calls."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from consults import audit
from consults.enums import AuditAction, DecisionKind, TimelineAction
from consults.models import ConsultRequest, Decision, StoppedContact, TimelineEvent
from consults.permissions import can_change_requests, can_erase_requests
from consults.sealing.blind_index import normal_email
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keyed_hash import keyed_hash
from consults.sealing.keys import KeyProblem, parse_secret

from .errors import InvalidTransition, NotAllowed
from .people import decisions
from .reading.opening import open_record
from .recording import note
from .transitions.change import Done, Undone

# What a stop takes over when the same person asks again; whatever had lifted it is over.
TAKEN_OVER = ["reference", "at", "actor", "lifted_at", "lifted_by", "lift_reason"]


@dataclass(frozen=True)
class Stop:
    """When somebody asked not to be contacted, with which request, and how that lies to the one at hand.

    The reference is empty where they said so without a request.
    """

    at: datetime
    reference: str
    is_with_this: bool
    came_after: bool


def register_stop(consult: ConsultRequest, *, actor: User) -> bool:
    """Remember every way to reach the person, also those in their linked requests.

    False where the request itself doesn't open, so that its own ways can't be remembered. Call it in the
    transaction of the change with which they asked.
    """
    contents = _contents_of(consult)
    for other in _linked_with(consult):
        reference = consult.reference if contents else other.reference
        _remember(_contents_of(other), reference=reference, actor=actor)
    _remember(contents, reference=consult.reference, actor=actor)
    return bool(contents)


@transaction.atomic
def stop_contact(consult: ConsultRequest, *, actor: User) -> None:
    """Register that the person of a request, an ended one for instance, asked us to stop.

    Raises NotAllowed, AuditProblem, and EnvelopeProblem where it doesn't open: then nothing is remembered.
    """
    if not can_change_requests(actor):
        raise NotAllowed
    if not register_stop(consult, actor=actor):
        raise EnvelopeProblem("Their number and address can't be read, so they could not be remembered.")
    note(consult, TimelineAction.STOP, actor=actor)


@transaction.atomic
def stop_caller(contents: dict, *, actor: User) -> None:
    """Register a stop of somebody who says so without a request. Raises NotAllowed, AuditProblem.

    Raises InvalidTransition where there is neither a number nor an address.
    """
    if not can_change_requests(actor):
        raise NotAllowed
    if not digests_of(contents):
        raise InvalidTransition
    _remember(contents, reference="", actor=actor)
    audit.append(AuditAction.CHANGE, actor=actor, detail=str(TimelineAction.STOP))


@transaction.atomic
def lift_stop(consult: ConsultRequest, *, actor: User, reason: str) -> Done:
    """Let the person of a request be contacted again once two managers want it; the audit keeps the reason.

    Raises NotAllowed (managers alone do it), InvalidTransition (without a reason, or nothing to lift),
    SamePerson, NotSettled, AuditProblem, EnvelopeProblem, KeyProblem.
    """
    if not can_erase_requests(actor):
        raise NotAllowed
    if not reason.strip() or not _liftable(consult, timezone.now()).exists():
        raise InvalidTransition
    asked = decisions.open_decision(DecisionKind.LIFT_STOP, consult=consult)
    if asked is None or asked.asked_by_id == actor.pk:
        asked = decisions.ask(DecisionKind.LIFT_STOP, actor=actor, consult=consult, reason=reason)
        return Done(undone=(Undone.DECIDING,), written=asked)
    asked = decisions.lock(asked)
    decisions.check_second(asked, actor=actor)
    lift_decided(asked, confirmed_by=actor)
    return Done(TimelineAction.LIFT_STOP)


def lift_decided(decision: Decision, *, confirmed_by: User | None = None) -> None:
    """Lift what was decided on; whoever asked us to stop since then is left alone.

    Raises InvalidTransition (nothing to lift any more), AuditProblem, EnvelopeProblem, KeyProblem.
    """
    consult, actor = decision.consult, confirmed_by or decision.asked_by
    if consult is None or not _liftable(consult, decision.asked_at).update(
        lifted_at=timezone.now(), lifted_by=actor, lift_reason=decision.reason
    ):
        raise InvalidTransition
    detail = f"{TimelineAction.LIFT_STOP}: {decision.reason}"
    note(consult, TimelineAction.LIFT_STOP, actor=actor, detail=detail)
    decisions.close(decision, confirmed_by=confirmed_by)


def _liftable(consult, until):
    contents, _record_key = open_record(consult)
    everything = [contents, *(_contents_of(other) for other in _linked_before(consult, until))]
    digests = {digest for of_one in everything for digest in digests_of(of_one)}
    return StoppedContact.objects.in_force().filter(digest__in=digests, at__lte=until)


def _linked_before(consult, moment):
    """Return the other requests of a person, but none that was linked since: of it nobody had decided."""
    links = TimelineEvent.objects.filter(action=TimelineAction.LINK, at__gt=moment)
    if links.filter(consult=consult).exists():
        return []
    return _linked_with(consult).exclude(pk__in=links.values("consult"))


def _linked_with(consult):
    people = ConsultRequest.objects.from_people().of_thread(consult.thread_id).with_contents()
    return people.exclude(pk=consult.pk).oldest_first()


def is_registered(consult: ConsultRequest) -> bool:
    """Whether a stop was remembered with this very request."""
    return StoppedContact.objects.in_force().filter(reference=consult.reference).exists()


def stopped(contents: dict, consult: ConsultRequest | None = None) -> Stop | None:
    """Return how somebody asked not to be contacted, or None; without a request they speak with us now."""
    return which_are_stopped([(contents, consult)])[0]


def stops_of(requests: Iterable[ConsultRequest]) -> dict[int, Stop]:
    """Return, by key, the stops of those requests whose people asked for it. Nothing else of them leaves."""
    pairs = [(_contents_of(consult), consult) for consult in requests]
    stops = which_are_stopped(pairs)
    return {consult.pk: stop for (_contents, consult), stop in zip(pairs, stops, strict=True) if stop}


def which_are_stopped(pairs: Sequence[tuple[dict, ConsultRequest | None]]) -> list[Stop | None]:
    """Return for each of many pairs of contents and request what ``stopped`` does, in one query."""
    digests = [digests_of(contents) for contents, _request in pairs]
    wanted = {digest for of_one in digests for digest in of_one}
    entries = StoppedContact.objects.in_force().in_bulk(wanted) if wanted else {}
    return [
        _stop(sorted((entries[d] for d in of_one if d in entries), key=lambda e: (e.at, e.digest)), consult)
        for of_one, (_contents, consult) in zip(digests, pairs, strict=True)
    ]


def digests_of(contents: dict) -> list[str]:
    """Return the keyed hash of each way to reach somebody, whole: nobody else shares it."""
    phone = "".join(c for c in contents.get("phone_e164", "") if c.isdigit())
    ways = {"phone": phone, "email": normal_email(contents.get("email", ""))}
    key = parse_secret(settings.CONSULTS_STOP_KEY)
    return [keyed_hash(key, kind, value).hex() for kind, value in ways.items() if value]


def _remember(contents, *, reference, actor):
    rows = [StoppedContact(digest=d, reference=reference, actor=actor) for d in digests_of(contents)]
    StoppedContact.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["digest"], update_fields=TAKEN_OVER
    )


def _contents_of(consult):
    try:
        contents, _record_key = open_record(consult)
    # Its page says loudly that it doesn't open.
    except (EnvelopeProblem, KeyProblem):
        return {}
    return contents


def _stop(entries, consult):
    """Return what the newest of somebody's entries means for a request; None where there is none."""
    if not entries:
        return None
    newest = entries[-1]
    return Stop(
        at=newest.at,
        reference=newest.reference,
        is_with_this=consult is not None and newest.reference == consult.reference,
        came_after=consult is None or consult.created_at > newest.at,
    )
