"""Looking whether the audit is whole."""

from collections.abc import Iterable
from hmac import compare_digest
from typing import NamedTuple

from consults.models import AuditEvent

from .chain import mac_of


class Fault(NamedTuple):
    """Where the chain is broken, and how it looks."""

    seq: int
    what: str


def verify(heads: Iterable[tuple[int, str]] = (), *, after: int = 0) -> list[Fault]:
    """Return every fault of the chain, and every published head ``(seq, mac)`` that isn't in it.

    ``after`` is the number of an event to begin behind; what lies before it isn't looked at.
    """
    begin = AuditEvent.objects.filter(seq=after).first()
    faults = [Fault(after, "is missing")] if after and begin is None else []
    expected_seq, previous_mac = after + 1, begin.mac if begin else ""
    macs = {after: previous_mac}
    for event in AuditEvent.objects.filter(seq__gt=after).order_by("seq").iterator(chunk_size=2000):
        if event.seq != expected_seq:
            faults.append(Fault(expected_seq, f"{event.seq - expected_seq} missing before {event.seq}"))
        if event.previous_mac != previous_mac:
            faults.append(Fault(event.seq, "does not follow the one before it"))
        if not compare_digest(mac_of(event), event.mac):
            faults.append(Fault(event.seq, "was changed or put in"))
        macs[event.seq] = event.mac
        expected_seq, previous_mac = event.seq + 1, event.mac
    faults += [
        Fault(seq, "is missing, or not as it was published")
        for seq, mac in heads
        if seq >= after and macs.get(seq) != mac
    ]
    return faults
