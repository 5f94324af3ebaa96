"""What changed since the days before, in words. Where one of two isn't told, no difference is."""

from .rounding import SMALLEST_BASE, percentage

NO_FIGURE = "–"
THE_SAME = "the same"


def in_requests(now, before):
    """Return how many more or fewer there are, with percent where there were enough before."""
    if now == before:
        return THE_SAME
    words = f"{abs(now - before)} {'more' if now > before else 'fewer'}"
    if before < SMALLEST_BASE:
        return words
    return f"{words} ({percentage(now - before, before):+d}%)"


def in_minutes(now, before):
    """Return how much longer or quicker it went, in opening minutes."""
    return _apart(now, before, "{} min longer", "{} min quicker")


def in_points(now, before):
    """Return how far two percentages lie apart."""
    return _apart(now, before, "{} points more", "{} points less")


def _apart(now, before, more, less):
    if now is None or before is None:
        return NO_FIGURE
    if now == before:
        return THE_SAME
    return (more if now > before else less).format(abs(now - before))
