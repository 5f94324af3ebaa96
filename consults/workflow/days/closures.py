"""Closed days move promises: plans go to the next opening, and of agreed times somebody tells the person.

The worker does it, whoever changed the hours and by whatever door. It compares the hours of now with those it
reckoned by last, so what was planned outside the hours all along stays where somebody put it. Killed, it
begins anew, and finds done what was done.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from clinic.core.facts import FACTS, ClinicFacts, schedule_from
from clinic.core.json_files import as_stored
from clinic.core.opening_hours import Schedule, opening_minutes
from consults.enums import OPEN_STATUSES, Priority, TimelineAction
from consults.models import Appointment, ClosureMove, ConsultRequest, ReckonedHours
from consults.workflow.recording import note_of_site
from consults.workflow.transitions.planned import STANDS_WHILE
from consults.workflow.transitions.windows import next_suitable

# So many are written in one transaction, with one event in the audit.
BATCH = 200
# So many are looked at while somebody waits for an answer.
MOST_COUNTED = 10_000
COLUMNS = (
    "reference",
    "status",
    "version",
    "priority",
    "location",
    "best_times",
    "time_zone",
    "next_action_at",
    "agreed_at",
)


@dataclass(frozen=True)
class Hours:
    """The opening hours of the clinic, under an empty key, and of each location."""

    by_key: dict[str, Schedule]

    def of(self, key: str) -> Schedule:
        """Return those of a location, or the clinic's where it has none of its own."""
        return self.by_key.get(key, self.by_key[""])

    def is_open(self, key: str, at: datetime, minutes: int = 0) -> bool:
        """Whether somebody is there, from a moment on for so long, as far as hours are known."""
        hours = self.of(key)
        until = at + timedelta(minutes=minutes)
        return hours.is_open(at) and opening_minutes(hours, at, until) >= minutes

    def is_closed(self, key: str, at: datetime, minutes: int = 0) -> bool:
        """Whether nobody is there for a part of it, as far as hours are known."""
        return bool(self.of(key)) and not self.is_open(key, at, minutes)


@dataclass(frozen=True)
class Closed:
    """What a change of the hours does: how many move, whose agreed time fell on it, whose is open again."""

    moved: int = 0
    to_tell: int = 0
    reopened: int = 0
    # There were more than were counted.
    is_part: bool = False

    def __bool__(self) -> bool:
        return bool(self.moved or self.to_tell or self.reopened)


class Promise(NamedTuple):
    """A time on which a person counts, the key of the place whose hours it needs, and how long it lasts."""

    at: datetime
    place: str
    minutes: int = 0


class Deed(NamedTuple):
    """What is to be done about a request, and about which promise, if about one."""

    consult: ConsultRequest
    action: TimelineAction
    promise: Promise | None = None


def count_for_closures() -> Closed:
    """Return what the worker will do about the hours as they were saved; it changes nothing.

    Raises django.db.Error.
    """
    reckoned, new = ReckonedHours.objects.first(), _hours_of(FACTS.load(as_stored(FACTS.build())))
    if reckoned is None or reckoned.hours == _stored(new):
        return Closed()
    now = timezone.now()
    first = F("next_action_at").asc(nulls_last=True)
    requests = list(_planned(now).order_by(first, "pk")[: MOST_COUNTED + 1])
    deeds = [deed.action for deed in _deeds(requests[:MOST_COUNTED], _rebuilt(reckoned), new, now)]
    return Closed(
        moved=deeds.count(TimelineAction.MOVED_BY_CLOSURE),
        to_tell=deeds.count(TimelineAction.TO_TELL),
        reopened=deeds.count(TimelineAction.REOPENED),
        is_part=len(requests) > MOST_COUNTED,
    )


def move_for_closures() -> int:
    """Move what was planned for a time that is closed since, and bring forward what was agreed for one.

    A time that was agreed with a person stays as it is: the request comes up before it, as early as it can,
    so that somebody tells them. Returns of how many requests something was written. Raises AuditProblem,
    django.db.Error.
    """
    facts = FACTS.read()
    # A copy that can't be read now is no change of the hours.
    if facts is None:
        return 0
    new = _hours_of(facts)
    reckoned = ReckonedHours.objects.first()
    if reckoned is None:
        ReckonedHours.objects.get_or_create(pk=1, defaults={"hours": _stored(new)})
        return 0
    if reckoned.hours == _stored(new):
        return 0
    old, now = _rebuilt(reckoned), timezone.now()
    wanted = done = last = 0
    while batch := list(_planned(now).filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        deeds = list(_deeds(batch, old, new, now))
        wanted += len(deeds)
        done += _carry_out(deeds, new, now)
    # Otherwise somebody changed one at this very moment: the next round looks again.
    if done == wanted:
        reckoned.hours = _stored(new)
        reckoned.save()
    return done


def is_overtaken(consult: ConsultRequest) -> bool:
    """Whether a time that was agreed fell on a closed day since, and nobody has agreed on another one."""
    return ConsultRequest.objects.to_be_told().filter(pk=consult.pk).exists()


def _planned(now: datetime) -> QuerySet[ConsultRequest]:
    """Return the requests with a plan or a promise still to come, with what is needed of them.

    Open ones, and whoever is on record already and still to be seen.
    """
    planned = Appointment.objects.planned()
    to_be_seen = planned.filter(starts_at__gt=now).values("consult")
    ahead = Q(status__in=OPEN_STATUSES) & (Q(next_action_at__gt=now) | Q(agreed_at__gt=now))
    ahead |= Q(status__in=STANDS_WHILE, pk__in=to_be_seen)
    requests = ConsultRequest.objects.from_people().with_contents().filter(ahead).select_related("closure")
    requests = requests.only(*COLUMNS, "closure__fell_on", "closure__comes_up_at", "closure__is_agreed")
    return requests.prefetch_related(Prefetch("appointments", planned, to_attr="planned_ones"))


def _deeds(requests: Iterable[ConsultRequest], old: Hours, new: Hours, now: datetime) -> Iterator[Deed]:
    """Yield what is to be done, for each request at most one thing."""
    for consult in requests:
        if deed := _deed(consult, old, new, now):
            yield deed


def _deed(consult, old, new, now):
    def falls_on_closed(at, place, minutes=0):
        # Whoever was given a time that ran past closing still counts on its beginning.
        lengths = {0, minutes}
        turned = (old.is_open(place, at, each) and new.is_closed(place, at, each) for each in lengths)
        return at > now and any(turned)

    promises, reopened = _promises(consult), None
    for promise in promises:
        if _waits_for_telling(consult, promise):
            if new.is_closed(promise.place, promise.at, promise.minutes):
                return None
            reopened = Deed(consult, TimelineAction.REOPENED, promise)
        elif falls_on_closed(*promise):
            return Deed(consult, TimelineAction.TO_TELL, promise)
    if reopened or consult.next_action_at in [promise.at for promise in promises]:
        return reopened
    # What is to be read first stands on the desk also while the clinic is closed.
    planned = consult.next_action_at
    if consult.priority == Priority.NONE and planned and falls_on_closed(planned, consult.location):
        return Deed(consult, TimelineAction.MOVED_BY_CLOSURE) if _next_opening(consult, new) else None
    return None


def _promises(consult):
    """Return the appointment, and the call back apart from it, which a booked request may have as well.

    The appointment first: it needs its own place, and where both fall on closed days it is the one to tell.
    """
    planned = consult.planned_ones if consult.status in STANDS_WHILE else []
    promises = [Promise(each.starts_at, each.location, each.minutes) for each in planned]
    if consult.agreed_at and consult.agreed_at not in [promise.at for promise in promises]:
        promises.append(Promise(consult.agreed_at, consult.location))
    return promises


def _waits_for_telling(consult, promise):
    closure = getattr(consult, "closure", None)
    return closure is not None and closure.is_agreed and closure.fell_on == promise.at


@transaction.atomic
def _carry_out(deeds, new, now):
    """Write a batch; what somebody changed at this very moment is left to them."""
    does = {
        TimelineAction.MOVED_BY_CLOSURE: _move,
        TimelineAction.TO_TELL: _bring_forward,
        TimelineAction.REOPENED: _set_back,
    }
    done = [(deed.consult, deed.action) for deed in deeds if does[deed.action](deed, new, now)]
    if done:
        actions = [action for _consult, action in done]
        said = ", ".join(f"{actions.count(action)} {action}" for action in does if action in actions)
        note_of_site(done, detail=f"opening hours changed: {said}")
    return len(done)


def _move(deed, new, now):
    consult = deed.consult
    fell_on, comes_up_at = consult.next_action_at, _next_opening(consult, new)
    # A promise after it is not passed over.
    comes_up_at = min([comes_up_at, *(promise.at for promise in _promises(consult) if promise.at > now)])
    return _plan(consult, comes_up_at) and _keep(consult, fell_on, comes_up_at, is_agreed=False)


def _bring_forward(deed, new, now):
    consult = deed.consult
    comes_up_at = _as_early_as_possible(consult, new, now, before=deed.promise.at)
    if consult.is_open:
        comes_up_at = min(comes_up_at, consult.next_action_at)
    # Where it came up for the promise, it does so again if the clinic is open after all. What was planned
    # apart from it, such as a call before, stays as early as it is now.
    is_for_promise = consult.next_action_at in [promise.at for promise in _promises(consult)]
    kept = comes_up_at if is_for_promise else deed.promise.at
    return _plan(consult, comes_up_at) and _keep(consult, deed.promise.at, kept, is_agreed=True)


def _set_back(deed, new, now):
    """Let the promise stand again; a plan that somebody made meanwhile stays."""
    consult = deed.consult
    is_untouched = consult.next_action_at == consult.closure.comes_up_at
    promised = min(promise.at for promise in _promises(consult))
    if not _plan(consult, promised if is_untouched else consult.next_action_at):
        return False
    ClosureMove.objects.filter(pk=consult.pk).delete()
    return True


def _plan(consult, comes_up_at):
    """Write when a request comes up, if nobody changed it meanwhile; return whether that was so.

    Whoever is on record comes up nowhere: of them the hand-over card tells.
    """
    same = ConsultRequest.objects.filter(pk=consult.pk, version=consult.version)
    planned = comes_up_at if consult.is_open else None
    return same.update(next_action_at=planned, version=F("version") + 1, updated_at=timezone.now())


def _keep(consult, fell_on, comes_up_at, *, is_agreed):
    kept = {"fell_on": fell_on, "comes_up_at": comes_up_at, "is_agreed": is_agreed}
    ClosureMove.objects.update_or_create(consult=consult, defaults=kept)
    return True


def _next_opening(consult, new):
    """Return the next time from the planned one on that suits; None where no opening is in sight."""
    found = _suitable(consult, new, consult.next_action_at)
    return None if new.is_closed(consult.location, found) else found


def _as_early_as_possible(consult, new, now, *, before):
    """Return when the person can be told before the agreed time; where no time suits, when we are there."""
    hours = new.of(consult.location)
    opens = now if hours.is_open(now) else hours.next_opening(now)
    for moment in (_suitable(consult, new, now), opens):
        if moment and moment < before:
            return moment
    return now


def _suitable(consult, new, after):
    hours = new.of(consult.location)
    zone = consult.time_zone or hours.zone
    return next_suitable(hours, after, best_times=consult.best_times, zone=zone)


def _hours_of(facts: ClinicFacts) -> Hours:
    return Hours({"": facts.hours, **{one.key: one.hours for one in facts.locations}})


def _stored(hours: Hours) -> dict:
    return as_stored({key: asdict(schedule) for key, schedule in hours.by_key.items()})


def _rebuilt(reckoned: ReckonedHours) -> Hours:
    return Hours({key: schedule_from(stored) for key, stored in reckoned.hours.items()})
