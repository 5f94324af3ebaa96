"""The table of growth, and its aims."""

from bench.aims import at_most, told

# How many times as long as with the fewest posts.
TIMES = {"post": 1.2, "listing": 1.2, "feed": 1.2, "listing, last page or 1,500": 1.5}
SEARCH_TIMES, SEARCH_MS = 3, 300
QUERIES = {"post": 8}


def table(database, sizes):
    """Return medians in milliseconds, for searches the 95th percentile, and the queries."""
    return grown(f"{database}: median ms, of searches p95", "posts", sizes, _time)


def grown(head, things, sizes, time_of):
    """Return a table of visits by how many things there are."""
    lines = [
        f"| {head} | " + " | ".join(f"{int(size):,} {things}" for size in sizes) + " | times | queries |",
        "|---|" + "---|" * (len(sizes) + 2),
    ]
    for name in next(iter(sizes.values())):
        seen = [measured[name] for measured in sizes.values()]
        times = [time_of(name, each) for each in seen]
        queries = ", ".join(str(each["queries"]) for each in seen)
        shown = " | ".join(f"{each:.1f}" for each in times)
        lines.append(f"| {name} | {shown} | {times[-1] / times[0]:.2f} | {queries} |")
    return "\n".join(lines)


def aims(database, sizes):
    """Set what was seen beside the aims."""
    fewest, *_, most = sizes.values()
    for name in fewest:
        first, last = _time(name, fewest[name]), _time(name, most[name])
        what = f"{database}, 10,000 posts: {name}"
        if name.startswith("search"):
            yield at_most(f"{what}, p95 × that of 10", last / first, SEARCH_TIMES)
            yield at_most(f"{what}, p95", last, SEARCH_MS, " ms")
        elif name in TIMES:
            yield at_most(f"{what} × that of 10", last / first, TIMES[name])
        else:
            yield told(f"{what} × that of 10", f"{last / first:.1f}")
        if name in QUERIES:
            yield at_most(f"{database}, queries of a {name}", most[name]["queries"], QUERIES[name])


def _time(name, seen):
    return seen["p95" if name.startswith("search") else "median"]
