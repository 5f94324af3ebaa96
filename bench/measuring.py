"""Measuring one site: short rounds that alternate, so that noise hits every target."""

from collections import Counter
from dataclasses import dataclass, field, replace

from .targets import BARE, FORM, LIVE, POST

ROUNDS = 5
TARGETS = (LIVE, FORM, BARE, POST)
WARM_UP = 1  # second for each target


@dataclass
class Measured:
    """All rounds of each target, and what the site holds afterwards."""

    rounds: dict = field(default_factory=lambda: {target: [] for target in TARGETS})
    queries: int = 0
    acknowledged: list = field(default_factory=list)
    waiting: list = field(default_factory=list)
    quarantined: int = 0
    spooled: int = 0
    wrong: Counter = field(default_factory=Counter)
    reopened: int = 0

    @property
    def is_good(self):
        """Whether everybody got an answer, and what was acknowledged is what is stored."""
        return not self.wrong and self.is_all_stored

    @property
    def is_all_stored(self):
        """Whether every acknowledged request, and no other, is in the queue."""
        return sorted(self.acknowledged) == sorted(self.waiting) and not self.quarantined

    def rate(self, target):
        """Answers per second over all rounds."""
        rounds = self.rounds[target]
        return sum(len(r.milliseconds) for r in rounds) / sum(r.elapsed for r in rounds)

    def quantile(self, target, share):
        """Return the time below which this share of the answers came, in milliseconds."""
        ordered = sorted(time for r in self.rounds[target] for time in r.milliseconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def measure(site, clients, seconds):
    """Return what was measured in ``seconds`` for each target."""
    measured = Measured(queries=site.tell("queries"))
    for target in TARGETS:
        note(measured, target, clients.ask_for(target, WARM_UP))
    for _round in range(ROUNDS):
        for target in TARGETS:
            seen = clients.ask_for(target, seconds / ROUNDS)
            measured.rounds[target].append(seen)
            note(measured, target, seen)
    return replace(measured, **site.tell("stored"))


def note(measured, target, seen):
    """Keep what counts in every round, also in those that warm up."""
    measured.acknowledged += seen.references
    measured.reopened += seen.reopened
    for what, count in seen.wrong.items():
        measured.wrong[f"{target.name}: {what}"] += count
