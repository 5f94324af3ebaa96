"""Where the time of a visit goes: shares by who spent it, seen by Python's own profiler."""

import cProfile
import pstats
from collections import Counter

VISITS = 20
# The first that a file's name holds. What is written in C counts for whoever called it.
GROUPS = (
    ("/django/db/backends/", "database and its driver"),
    ("/django/db/", "ORM: building queries and rows"),
    ("/django/template", "templates"),
    ("/django/utils/html", "templates"),
    ("/templatetags/", "templates"),
    ("/django/", "Django: handler, addresses, forms"),
    ("/wagtail/", "Wagtail"),
    ("/treebeard/", "Wagtail"),
    ("/cryptography/", "sealing"),
    ("/sealing/", "sealing"),
    ("/blog/", "ours"),
    ("/clinic/", "ours"),
    ("/consults/", "ours"),
)


def shares(visit):
    """Return by group how many percent of a visit's time it takes, the largest first."""
    visit()
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(VISITS):
        visit()
    profile.disable()
    spent = Counter()
    for place, (_calls, _all, own, _total, callers) in pstats.Stats(profile).stats.items():
        if place[0] == "~" and callers:
            for caller, seen in callers.items():
                spent[_group(caller[0])] += seen[2]
        else:
            spent[_group(place[0])] += own
    whole = sum(spent.values())
    return {
        name: round(100 * seconds / whole) for name, seconds in spent.most_common() if seconds > whole / 100
    }


def _group(filename):
    return next((group for part, group in GROUPS if part in filename), "Python and other libraries")
