"""Looking at everything at once: the chain, triggers, receipts, marks of requests, what every page says."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection, transaction

from consults.enums import AuditAction
from consults.models import AuditEvent, ConsentReceipt, ConsultRequest, GuardedFacts
from consults.models.protection import missing_triggers

from .acceptance import Mark, how_marked, is_closing, is_receipt_marked
from .chain import is_sound
from .protection import change_since_last_event
from .receipts import Receipts, detail_of, summary_of
from .verification import verify

BATCH = 1000
NOT_ACCEPTED = (
    "was not accepted by the form: its envelope or one of its columns was exchanged, or all of it was put in"
)
NO_MARK = "was not accepted by the form: it has no mark, so it was put in"


class Flaw(NamedTuple):
    """Something that is not as it was written: where, and how it looks."""

    where: str
    what: str


@dataclass
class Found:
    """What looking at everything found."""

    flaws: list[Flaw] = field(default_factory=list)
    requests: int = 0
    receipts: int = 0
    # Requests and receipts of release 0.1.0 that nobody took over yet.
    of_before: int = 0


@dataclass
class _Events:
    """What the sound events of the audit say of requests, and of what every page says."""

    # The first event that links the receipts of each request.
    linked: dict[str, int] = field(default_factory=dict)
    links: list[AuditEvent] = field(default_factory=list)
    adopted: set[str] = field(default_factory=set)
    purged: set[str] = field(default_factory=set)
    is_closed: bool = False
    # What the events about numbers and addresses say, by their number.
    facts: dict[int, str] = field(default_factory=dict)


@dataclass
class _Receipts:
    """What the receipts of all requests are."""

    summaries: dict[str, Receipts] = field(default_factory=dict)
    purposes: dict[str, list[str]] = field(default_factory=dict)
    # Reference and purpose of those without a mark.
    unmarked: list[tuple[str, str]] = field(default_factory=list)


def look_at_everything(heads: Iterable[tuple[int, str]] = ()) -> Found:
    """Return every flaw. ``heads`` are those published or logged. It holds a line in memory for each request.

    Raises django.db.Error.
    """
    found = Found()
    with _one_moment():
        found.flaws += [Flaw(f"event {seq}", what) for seq, what in verify(heads)]
        found.flaws += _of_triggers()
        events = _read_events()
        receipts = _read_receipts(found)
        found.flaws += _of_links(events, receipts)
        found.flaws += _of_facts(events)
        _look_at_requests(found, events, receipts)
    return found


@contextmanager
def _one_moment() -> Iterator[None]:
    """See everything as it was at one moment: what comes in or is linked meanwhile is no flaw."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        # SQLite lets nobody write meanwhile.
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _of_triggers() -> Iterator[Flaw]:
    for trigger in missing_triggers(connection):
        yield Flaw("database", f"lets rows be changed: {trigger} is missing, see consults_protect")
    seq, change = change_since_last_event()
    if change:
        yield Flaw("database", f"had its triggers changed since event {seq}: {change}")


def _read_events() -> _Events:
    said = _Events()
    kinds = [AuditAction.RECEIPTS, AuditAction.ADOPT, AuditAction.PURGE, AuditAction.FACTS]
    for event in AuditEvent.objects.filter(action__in=kinds).order_by("seq").iterator(chunk_size=BATCH):
        # What isn't sound is told of as a fault of the chain, and proves nothing.
        if not is_sound(event):
            continue
        references = event.references.split()
        if event.action == AuditAction.FACTS:
            said.facts[event.seq] = event.detail
            continue
        if event.action == AuditAction.PURGE:
            said.purged.update(references)
            continue
        said.is_closed = said.is_closed or is_closing(event)
        if not references:
            continue
        said.links.append(event)
        if event.action == AuditAction.ADOPT:
            said.adopted.update(references)
        for reference in references:
            said.linked.setdefault(reference, event.seq)
    return said


def _read_receipts(found: Found) -> _Receipts:
    read = _Receipts()
    rows: list[ConsentReceipt] = []
    everything = ConsentReceipt.objects.order_by("reference", "purpose")
    for receipt in everything.iterator(chunk_size=BATCH):
        found.receipts += 1
        if rows and rows[0].reference != receipt.reference:
            _take(read, rows)
            rows = []
        rows.append(receipt)
        if receipt.mark is None:
            read.unmarked.append((receipt.reference, receipt.purpose))
        elif not is_receipt_marked(receipt):
            what = "is not as it was given: it was changed, or it belongs to another request"
            found.flaws.append(Flaw(_name(receipt.reference, receipt.purpose), what))
    if rows:
        _take(read, rows)
    return read


def _take(read: _Receipts, rows: list[ConsentReceipt]) -> None:
    read.summaries[rows[0].reference] = summary_of(rows)
    read.purposes[rows[0].reference] = [receipt.purpose for receipt in rows]


def _name(reference: str, purpose: str) -> str:
    return f"receipt of {reference} ({purpose})"


def _of_links(events: _Events, receipts: _Receipts) -> Iterator[Flaw]:
    for event in events.links:
        references = event.references.split()
        if event.detail != detail_of(references, receipts.summaries):
            yield Flaw(
                f"event {event.seq}",
                "receipts are not as they were linked: one was changed, removed or put in, of "
                + " ".join(references),
            )


def _of_facts(events: _Events) -> Iterator[Flaw]:
    """Find versions of what every page says that no event tells of: put in, since none can be changed."""
    for version, seq in GuardedFacts.objects.order_by("version").values_list("version", "event"):
        # The first one may be what stood before there were versions.
        if version == 1 and seq is None:
            continue
        if not re.match(rf"version {version}\b", events.facts.get(seq or 0, "")):
            yield Flaw("what every page says", f"version {version} was put in: no event tells of it")


def _look_at_requests(found: Found, events: _Events, receipts: _Receipts) -> None:
    """Add what the rows of requests show, and the receipts that belong to none."""
    present: set[str] = set()
    before: set[str] = set()
    for consult in ConsultRequest.objects.order_by("pk").iterator(chunk_size=BATCH):
        found.requests += 1
        present.add(consult.reference)
        where = f"request {consult.reference}"
        if consult.purged_at and consult.reference not in events.purged:
            found.flaws.append(Flaw(where, "has lost its contents, and no event says who removed them"))
        if consult.reference in events.purged and not consult.purged_at:
            found.flaws.append(Flaw(where, "has contents again that were removed"))
        if consult.linked_seq and events.linked.get(consult.reference) != consult.linked_seq:
            found.flaws.append(
                Flaw(where, f"is not named by event {consult.linked_seq}, which linked its receipts")
            )
        how = _how(consult, events, receipts)
        if how == Mark.WRONG:
            found.flaws.append(Flaw(where, NOT_ACCEPTED if consult.mark else NO_MARK))
        if how == Mark.BEFORE:
            before.add(consult.reference)
    found.of_before = len(before)
    _look_for_orphans(found, events, receipts, present, before)


def _how(consult: ConsultRequest, events: _Events, receipts: _Receipts) -> Mark:
    if not consult.purged_at:
        purposes = receipts.purposes.get(consult.reference, [])
        return how_marked(consult, purposes, is_closed=events.is_closed)
    # What is left of it has nothing that could be exchanged; its receipts may be of before.
    return Mark.BEFORE if consult.mark is None and not events.is_closed else Mark.GOOD


def _look_for_orphans(
    found: Found, events: _Events, receipts: _Receipts, present: set[str], before: set[str]
) -> None:
    for reference, purpose in receipts.unmarked:
        if reference not in events.adopted and reference not in before:
            found.flaws.append(Flaw(_name(reference, purpose), "was put in: it has no mark of the form"))
    for reference in sorted((receipts.summaries.keys() | events.linked.keys()) - present):
        found.flaws.append(Flaw(f"request {reference}", "is gone, and its receipts or an event name it"))
