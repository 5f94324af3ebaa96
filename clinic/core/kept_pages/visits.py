"""How often each kept address was asked for, so that what people read is written first.

Numbers of addresses that are to be kept, and nothing else: no time, no sender, no order. What the front
server hands out by itself isn't counted; after each change the application is asked for everything again.
"""

import contextlib
import json
from collections import Counter

from clinic.core.file_lock import locked
from clinic.core.json_files import write_json

from . import folders

FILE = ".visits.json"
MOST_ADDRESSES = 500
# Beyond this all are halved: what was read last year gives way.
MOST_VISITS = 100_000

_counted = Counter()


def count(address) -> None:
    """Count one visit; now and then one is lost between threads, which changes nothing."""
    _counted[address] += 1


def store() -> None:
    """Add what this process counted to what all have. Where it may not write, it forgets it. Never raises."""
    if not _counted:
        return
    new = Counter(_counted)
    _counted.clear()
    path = folders.home() / FILE
    with contextlib.suppress(OSError), locked(path.with_suffix(".lock")):
        write_json(path, _bounded(Counter(counts()) + new))


def counts() -> dict:
    """Return the number of visits by address. Never raises."""
    try:
        told = json.loads((folders.home() / FILE).read_text(encoding="utf-8"))
        return {str(address): int(number) for address, number in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def most_visited_first(addresses) -> list[str]:
    """Return the addresses in the order in which people want them; the others as they came."""
    visited = counts()
    return sorted(addresses, key=lambda address: -visited.get(address, 0))


def _bounded(visits):
    most = dict(visits.most_common(MOST_ADDRESSES))
    if sum(most.values()) > MOST_VISITS:
        return {address: number // 2 for address, number in most.items() if number > 1}
    return most
