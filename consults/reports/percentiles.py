"""Percentiles of values that were counted: no mean, which one forgotten request would spoil."""


def nearest_rank(counts, percent):
    """Return the percentile of values counted as ``{value: how often}``, or None where there are none.

    The smallest value that at least ``percent`` of all don't exceed, so always one that occurred: nearest
    rank, definition 1 in Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American
    Statistician 50 (1996), 361-365. Of an even number the median is the lower of the two in the middle.
    """
    total, passed = sum(counts.values()), 0
    for value in sorted(counts):
        passed += counts[value]
        # In whole numbers: a fraction such as 0.9 of 10 may come out a little above 9.
        if passed * 100 >= percent * total:
            return value
    return None
