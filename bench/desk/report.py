"""What the desk aims at."""

from bench.aims import at_most

from .inside import LOOK_UP, THROUGH

TIMES, LOOK_UPS = 2, 3
# Of these many requests, all of which are open or came of late; 5,000 of them take half as long.
LOOKED_THROUGH, HALF = 10_000, 2
SECONDS = 1


def aims(database, sizes):
    """Set each page beside itself with the fewest requests, and each search beside a look-up by key."""
    fewest, *_, most = sizes.values()
    for name, seen in sizes[str(LOOKED_THROUGH)].items():
        if name.startswith(THROUGH):
            yield at_most(f"{database}, 5,000 requests: {name}, s", seen["p95"] / 1000 / HALF, SECONDS)
    for name, seen in most.items():
        what = f"{database}, 100,000 requests: {name}"
        if name.startswith("search"):
            yield at_most(f"{what} × a look-up", seen["p95"] / most[LOOK_UP]["p95"], LOOK_UPS)
        elif name != LOOK_UP and not name.startswith(THROUGH):
            yield at_most(f"{what} × that of 1,000", seen["p95"] / fewest[name]["p95"], TIMES)
