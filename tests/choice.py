"""Which tests a process runs, and in which order, as two variables ask for.

TEST_PART=1/2 takes every second of the folders, by the number of their tests; of the walks through the demo,
every second of the modules. TEST_ORDER=random shuffles modules and the tests in them and says by which number
the same order comes again: TEST_ORDER=<number>.
"""

import os
import random
from collections import Counter


def chosen_part(items):
    """Return the tests of the asked-for part, and the others. Tests of a folder may share what they need."""
    number, _, parts = os.environ.get("TEST_PART", "1/1").partition("/")
    part_of = {}
    for walks in (True, False):
        groups = Counter(_group(item) for item in items if _walks(item) is walks)
        sizes = [0] * int(parts)
        for group, tests in sorted(groups.items(), key=_largest_first):
            part_of[group] = sizes.index(min(sizes))
            sizes[part_of[group]] += tests
    chosen = [item for item in items if part_of[_group(item)] == int(number) - 1]
    return chosen, [item for item in items if part_of[_group(item)] != int(number) - 1]


def _walks(item):
    return item.get_closest_marker("walk") is not None


def _group(item):
    """Return what stays in one part: all walks share no more than the demo, and fill one for each part."""
    return item.path if _walks(item) else item.path.parent


def _largest_first(group_and_tests):
    group, tests = group_and_tests
    return -tests, str(group)


def seed():
    """Return the number behind the order, or nothing where the usual one is meant."""
    order = os.environ.get("TEST_ORDER", "")
    if order == "random":
        order = os.environ["TEST_ORDER"] = str(random.randrange(10**6))  # noqa: S311
    return order


def shuffled(items):
    """Return the tests in the asked-for order: modules stay together, and some keep an order of their own."""
    if not seed():
        return items
    dice = random.Random(seed())  # noqa: S311
    modules = {}
    for item in items:
        modules.setdefault(item.path, []).append(item)
    for tests in modules.values():
        if not tests[0].get_closest_marker("in_order"):
            dice.shuffle(tests)
    order = list(modules.values())
    dice.shuffle(order)
    return [item for tests in order for item in tests]
