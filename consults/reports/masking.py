"""What is too small to be told. Masked here, a number reaches neither page nor picture nor file."""

SMALLEST_COUNT = 5
SMALLEST_BASE = 10

FEW = f"fewer than {SMALLEST_COUNT}"
HIDDEN = "not shown"


def is_few(count):
    """Whether so few requests could point at one of them. None at all point at nobody."""
    return 0 < count < SMALLEST_COUNT


def masked(counts):
    """Return the counts of one column, the small ones replaced by FEW.

    Where just one is small, the total would give it away: the next larger one becomes HIDDEN.
    """
    shown = [FEW if is_few(count) else count for count in counts]
    large = [count for count in shown if count != FEW and count]
    if shown.count(FEW) == 1 and large:
        shown[shown.index(min(large))] = HIDDEN
    return shown


def percentage(part, base):
    """Return the share in whole percent, or None where the base is too small for a rate."""
    return round(100 * part / base) if base >= SMALLEST_BASE else None
