"""Looking whether the audit is whole: all at once, or in steps so short that a page can wait for them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC
from hmac import compare_digest
from typing import Any, NamedTuple

from django.utils import timezone

from consults.models import AuditEvent

from .chain import mac_of


class Fault(NamedTuple):
    """Where the chain is broken, and how it looks."""

    seq: int
    what: str


# So many events take well under a second. Of many faults the first ones say enough.
EVENTS_A_STEP, MOST_FAULTS = 20_000, 20
NOT_PUBLISHED = "is missing, or not as it was published"


def verify(heads: Iterable[tuple[int, str]] = (), *, after: int = 0) -> list[Fault]:
    """Return every fault of the chain, and every published head ``(seq, mac)`` that isn't in it.

    ``after`` is the number of an event to begin behind; what lies before it isn't looked at.
    """
    begin = AuditEvent.objects.filter(seq=after).first()
    chain = _Chain(after, begin.mac if begin else "")
    if after and begin is None:
        chain.faults.append(Fault(after, "is missing"))
    chain.follow(AuditEvent.objects.filter(seq__gt=after))
    chain.compare(heads, since=after)
    return chain.faults


@dataclass(frozen=True)
class Progress:
    """How far a verification in steps has come: everything up to ``reached`` was looked at.

    ``upto`` is the number of the newest event when it began, ``begun_at`` that moment as ISO text in UTC. Of
    the faults the first ones are kept, and all are counted. Keep it where nobody else can write to it: who
    could, would say what was found.
    """

    upto: int
    begun_at: str = ""
    reached: int = 0
    # Of the last event that was looked at, as it was then.
    mac: str = ""
    heads: int = 0
    number: int = 0
    faults: tuple[Fault, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether every event was looked at."""
        return self.reached >= self.upto

    def as_json(self) -> dict[str, Any]:
        """Return it for a place that holds JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Progress":
        """Return what ``as_json`` said."""
        return cls(**{**data, "faults": tuple(Fault(*fault) for fault in data["faults"])})


def begin_in_steps() -> Progress:
    """Return the beginning of a verification of everything that there is now."""
    newest = AuditEvent.objects.order_by("-seq").values_list("seq", flat=True).first()
    return Progress(upto=newest or 0, begun_at=timezone.now().astimezone(UTC).isoformat())


def go_on(progress: Progress, heads: Iterable[tuple[int, str]]) -> Progress:
    """Look at the next events, and at the published heads that belong to them; the last step at all others.

    Raises django.db.Error.
    """
    end = min(progress.reached + EVENTS_A_STEP, progress.upto)
    is_last = end == progress.upto
    chain = _Chain(progress.reached, progress.mac)
    chain.follow(AuditEvent.objects.filter(seq__gt=progress.reached, seq__lte=end), upto=end)
    within = [head for head in heads if progress.reached < head[0] <= end]
    chain.compare(within, since=progress.reached)
    # Published since it began, or of events that are no longer there at all.
    newer = [head for head in heads if head[0] > progress.upto] if is_last else []
    chain.faults += _not_there(newer)
    return replace(
        progress,
        reached=end,
        mac=chain.mac,
        heads=progress.heads + len(within) + len(newer),
        number=progress.number + len(chain.faults),
        faults=(*progress.faults, *chain.faults)[:MOST_FAULTS],
    )


def _not_there(heads: list[tuple[int, str]]) -> list[Fault]:
    """Return the heads that no event bears."""
    if not heads:
        return []
    events = AuditEvent.objects.filter(seq__gte=heads[0][0], seq__lte=heads[-1][0])
    macs = dict(events.values_list("seq", "mac").iterator(chunk_size=2000))
    return [Fault(seq, NOT_PUBLISHED) for seq, mac in heads if macs.get(seq) != mac]


@dataclass
class _Chain:
    """The chain as it is followed, from behind an event on."""

    seq: int
    mac: str
    faults: list[Fault] = field(default_factory=list)
    macs: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.macs[self.seq] = self.mac

    def follow(self, events: Any, upto: int | None = None) -> None:
        """Look at events of a query; up to the number ``upto`` none may be missing."""
        for event in events.order_by("seq").iterator(chunk_size=2000):
            self._expect(event.seq)
            if event.previous_mac != self.mac:
                self.faults.append(Fault(event.seq, "does not follow the one before it"))
            if not compare_digest(mac_of(event), event.mac):
                self.faults.append(Fault(event.seq, "was changed or put in"))
            self.macs[event.seq] = event.mac
            self.seq, self.mac = event.seq, event.mac
        if upto is not None:
            self._expect(upto + 1)

    def compare(self, heads: Iterable[tuple[int, str]], *, since: int) -> None:
        """Look whether the published heads are among what was followed."""
        wrong = (seq for seq, mac in heads if seq >= since and self.macs.get(seq) != mac)
        self.faults += [Fault(seq, NOT_PUBLISHED) for seq in wrong]

    def _expect(self, seq: int) -> None:
        if seq != self.seq + 1:
            self.faults.append(Fault(self.seq + 1, f"{seq - self.seq - 1} missing before {seq}"))
